/* Wagtail's calendar puts today in place of a date that it cannot read: 31/02/2020 would be saved as today, unseen.
   Here it leaves what was typed, and the server says what is wrong with it. */
jQuery.fn.datetimepicker.defaults.validateOnBlur = false;

// That rule also closed the calendar, which would lie over the next fields for whoever goes on by the keyboard.
jQuery(document).on("focusout", "input", (event) => {
  const calendar = jQuery(event.target).data("xdsoft_datetimepicker");
  if (calendar) {
    calendar.trigger("close.xdsoft");
  }
});
