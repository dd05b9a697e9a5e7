/* Follows the reading of a file and leads on when its text is there. Without this script a link shows how far it is. */
(() => {
  const place = document.querySelector("[data-reading]");
  const told = document.querySelector("[data-reading-told]");
  const EVERY_MS = 2000;
  const PATIENCE = 5;
  let failures = 0;

  const stateOf = () => place.firstElementChild.dataset.readingState;

  const end = () => {
    document.querySelectorAll("[data-reading-waits]").forEach((part) => part.remove());
    document.querySelectorAll("[data-reading-ended]").forEach((part) => { part.hidden = false; });
  };

  const show = (html) => {
    const before = stateOf();
    const part = new DOMParser().parseFromString(html, "text/html").querySelector("[data-reading-state]");
    if (!part) throw new Error("no state");
    if (part.dataset.next) {
      location.assign(part.dataset.next);
      return false;
    }
    place.replaceChildren(part);
    // Pages are not read aloud one by one, changes of state are.
    if (stateOf() === before) return true;
    const goesOn = stateOf() === "running" || stateOf() === "waiting";
    told.textContent = (part.querySelector(".reading__state") ?? part).textContent.trim();
    if (!goesOn) end();
    return goesOn;
  };

  const look = async () => {
    let goesOn = true;
    try {
      // A page that nobody looks at must not keep its session open.
      if (!document.hidden) {
        const answer = await fetch(place.dataset.reading, { redirect: "error" });
        if (!answer.ok) throw new Error(answer.status);
        goesOn = show(await answer.text());
        failures = 0;
      }
    } catch {
      failures += 1;
      goesOn = failures < PATIENCE;
      if (!goesOn) told.textContent = place.dataset.wordsLost;
    }
    if (goesOn) setTimeout(look, EVERY_MS);
  };
  setTimeout(look, EVERY_MS);
})();
