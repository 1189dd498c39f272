// Refreshes the part of a page that says how far a job is, every 2 seconds while it says so itself:
// an element with an id and data-refresh="on". The new page's element replaces it.
(() => {
  const pause = 2000;

  async function refresh(id) {
    const shown = document.getElementById(id);
    try {
      const answer = await fetch(window.location.href, { credentials: "same-origin" });
      if (!answer.ok) return wait(id);
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      const fresh = page.getElementById(id);
      if (!fresh) {
        // The job is done and its page has moved on.
        window.location.reload();
        return undefined;
      }
      // Only what changed is put in, so that a screen reader hears it once and focus stays.
      if (fresh.innerHTML !== shown.innerHTML) shown.innerHTML = fresh.innerHTML;
      shown.dataset.refresh = fresh.dataset.refresh || "off";
    } catch {
      // The network may come back: the page keeps what it last knew.
    }
    return wait(id);
  }

  function wait(id) {
    const shown = document.getElementById(id);
    if (shown && shown.dataset.refresh === "on") window.setTimeout(refresh, pause, id);
  }

  document.querySelectorAll("[data-refresh]").forEach((place) => wait(place.id));
})();
