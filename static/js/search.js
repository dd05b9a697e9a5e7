/* Suggestions while somebody types in a box for searching: a combobox with a list (WAI-ARIA 1.2).
   Without this script the box is a plain field of a form. */
(() => {
  const WAIT_MS = 150;
  const SHORTEST = 2;
  const kept = new Map();
  let lists = 0;

  const attach = (field) => {
    const form = field.form;
    const list = document.createElement("ul");
    list.id = `goi-y-${++lists}`;
    list.className = "suggestions";
    list.setAttribute("role", "listbox");
    list.setAttribute("aria-label", form.getAttribute("aria-label") ?? "");
    list.hidden = true;
    field.parentElement.classList.add("suggesting");
    field.after(list);
    const states = { role: "combobox", "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": list.id };
    Object.entries(states).forEach(([name, value]) => field.setAttribute(name, value));

    let waiting;
    let asking;
    let active = -1;
    const options = () => [...list.children];

    const close = () => {
      clearTimeout(waiting);
      asking?.abort();
      list.hidden = true;
      active = -1;
      field.setAttribute("aria-expanded", "false");
      field.removeAttribute("aria-activedescendant");
    };

    const point = (place) => {
      options()[active]?.setAttribute("aria-selected", "false");
      active = place;
      const option = options()[active];
      if (!option) {
        field.removeAttribute("aria-activedescendant");
        return;
      }
      option.setAttribute("aria-selected", "true");
      option.scrollIntoView({ block: "nearest" });
      field.setAttribute("aria-activedescendant", option.id);
    };

    const show = ([, titles, abouts, addresses]) => {
      list.replaceChildren(...titles.map((title, place) => {
        const option = document.createElement("li");
        option.id = `${list.id}-${place}`;
        option.className = "suggestions__option";
        option.setAttribute("role", "option");
        option.setAttribute("aria-selected", "false");
        option.dataset.address = addresses[place];
        const about = document.createElement("span");
        about.className = "suggestions__about";
        about.textContent = abouts[place];
        option.append(title, " ", about);
        return option;
      }));
      active = -1;
      field.removeAttribute("aria-activedescendant");
      list.hidden = !titles.length;
      field.setAttribute("aria-expanded", String(!list.hidden));
    };

    const ask = async () => {
      const words = field.value.trim().replace(/\s+/g, " ");
      if (words.length < SHORTEST) { close(); return; }
      const query = new URLSearchParams({ q: words });
      if (new FormData(form).get("pham-vi") === "tinh") query.set("pham-vi", "tinh");
      const address = `${field.dataset.suggest}?${query}`;
      asking?.abort();
      asking = new AbortController();
      try {
        if (!kept.has(address)) {
          const answer = await fetch(address, { signal: asking.signal, credentials: "omit" });
          if (!answer.ok) return;
          kept.set(address, await answer.json());
        }
        if (document.activeElement === field) show(kept.get(address));
      } catch { /* typed on meanwhile, or no network: the form works without */ }
    };

    const go = (option) => { location.assign(option.dataset.address); };

    field.addEventListener("input", () => {
      clearTimeout(waiting);
      waiting = setTimeout(ask, WAIT_MS);
    });
    field.addEventListener("blur", close);
    field.addEventListener("keydown", (event) => {
      if (event.key === "Escape" && !list.hidden) {
        // Only the list closes; what was typed stays.
        event.preventDefault();
        close();
      } else if (event.key === "ArrowDown" || event.key === "ArrowUp") {
        if (list.hidden) { ask(); return; }
        event.preventDefault();
        const step = event.key === "ArrowDown" ? 1 : -1;
        const count = options().length + 1;
        // One place more than there are options: the field itself, from which both ends are reached.
        point((active + 1 + step + count) % count - 1);
      } else if (event.key === "Enter" && active >= 0) {
        event.preventDefault();
        go(options()[active]);
      }
    });
    // The field keeps the focus while an option is pressed.
    list.addEventListener("mousedown", (event) => event.preventDefault());
    list.addEventListener("click", (event) => {
      const option = event.target.closest("[role=option]");
      if (option) go(option);
    });
  };

  document.querySelectorAll("[data-suggest]").forEach(attach);
})();
