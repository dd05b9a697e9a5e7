/* The reader's page of a document: links that copy themselves, contents that open beside the text and follow it.
   Without this script the signs are plain links and the contents a list that opens. */
(() => {
  const status = document.querySelector("[data-copy-status]");
  const text = document.querySelector("[data-copied]");
  const contents = document.querySelector("[data-contents]");
  const SHOWN_MS = 2500;
  let hiding;

  const tell = (words) => {
    status.textContent = words;
    clearTimeout(hiding);
    hiding = setTimeout(() => { status.textContent = ""; }, SHOWN_MS);
  };

  text?.addEventListener("click", async (event) => {
    const link = event.target.closest("[data-copy-link]");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    // The link is followed as well, so that the address bar shows what was copied. Browsers copy on secure pages only.
    try {
      await navigator.clipboard.writeText(link.href);
      tell(text.dataset.copied);
    } catch { /* the address bar has it */ }
  });

  if (!contents) return;
  const wide = matchMedia("(min-width: 64rem)");
  const open = () => { contents.open = wide.matches; };
  open();
  wide.addEventListener("change", open);

  const links = new Map([...contents.querySelectorAll(".toc__link")].map((link) => [link.hash.slice(1), link]));
  const list = contents.querySelector(".toc__nav");
  let current;
  const show = (link) => {
    if (!link || link === current) return;
    current?.removeAttribute("aria-current");
    link.setAttribute("aria-current", "true");
    current = link;
    // Only the list moves, never the page.
    const above = link.getBoundingClientRect().top - list.getBoundingClientRect().top;
    if (above < 0 || above > list.clientHeight - link.clientHeight) list.scrollTop += above - list.clientHeight / 3;
  };
  const watcher = new IntersectionObserver((entries) => {
    const seen = entries.find((entry) => entry.isIntersecting);
    if (seen) show(links.get(seen.target.id));
  }, { rootMargin: "0px 0px -75% 0px" });
  links.forEach((link, id) => {
    const part = document.getElementById(id);
    if (part) watcher.observe(part);
  });
})();
