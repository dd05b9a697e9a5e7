/* How a visitor wants to see the portal: text size, contrast, dark. Runs before the first paint, so that nothing jumps. */
(() => {
  const root = document.documentElement;
  const SIZES = ["small", "", "large", "larger", "largest"];
  const KEYS = ["text", "contrast", "theme"];
  root.dataset.script = "";

  // A browser may forbid storing; the choice then holds for this page.
  const recall = (key) => { try { return localStorage.getItem(`display-${key}`); } catch { return null; } };
  const remember = (key, value) => { try { localStorage.setItem(`display-${key}`, value); } catch { /* see above */ } };

  const set = (key, value) => {
    if (value) root.dataset[key] = value;
    else delete root.dataset[key];
  };
  const choose = (key, value) => { set(key, value); remember(key, value); showState(); };

  KEYS.forEach((key) => set(key, recall(key)));
  if (recall("contrast") === null && matchMedia("(prefers-contrast: more)").matches) set("contrast", "high");

  const isDark = () => root.dataset.theme ? root.dataset.theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
  const step = (by) => {
    const next = SIZES.indexOf(root.dataset.text ?? "") + by;
    choose("text", SIZES[Math.min(Math.max(next, 0), SIZES.length - 1)]);
  };
  const ACTIONS = {
    smaller: () => step(-1),
    normal: () => choose("text", ""),
    larger: () => step(1),
    contrast: () => choose("contrast", root.dataset.contrast ? "" : "high"),
    dark: () => choose("theme", isDark() ? "light" : "dark"),
  };

  const showState = () => {
    const press = (name, on) => document.querySelectorAll(`[data-display="${name}"]`).forEach((button) => button.setAttribute("aria-pressed", on));
    press("contrast", Boolean(root.dataset.contrast));
    press("dark", isDark());
  };

  document.addEventListener("DOMContentLoaded", showState);
  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-display]");
    if (button) ACTIONS[button.dataset.display]();
    document.querySelectorAll("details[data-closing][open]").forEach((details) => {
      if (!details.contains(event.target)) details.open = false;
    });
  });

  // Escape closes what a menu has opened (WCAG 1.4.13); it opens again when the pointer or the focus comes back.
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    document.querySelectorAll("details[data-closing][open]").forEach((details) => {
      details.open = false;
      details.querySelector("summary").focus();
    });
    document.querySelectorAll(".menu__item:is(:hover, :focus-within)").forEach((item) => {
      item.dataset.closed = "";
      const reopen = (leaving) => { if (!item.contains(leaving.relatedTarget)) delete item.dataset.closed; };
      item.addEventListener("focusout", reopen, { once: true });
      item.addEventListener("mouseleave", reopen, { once: true });
    });
  });
})();
