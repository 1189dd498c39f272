// Warns five minutes before the session ends, and prolongs it when asked: WCAG 2.2, 2.2.1.
// The server decides when it ends. Other pages of the same person may have prolonged it, so the
// script asks before it warns. What saves in the background tells of the new end by an event.
(() => {
  const dialog = document.getElementById("session");
  if (!dialog || !dialog.showModal) return;
  const form = dialog.querySelector("form");
  const minutes = dialog.querySelector("[data-session-minutes]");
  const warning = 5 * 60 * 1000;
  // Browsers hold timers as 32-bit numbers.
  const longest = 24 * 60 * 60 * 1000;
  let ends = Date.parse(dialog.dataset.ends);
  let timer = null;

  function left() {
    return ends - Date.now();
  }

  function show(state) {
    dialog.querySelectorAll("[data-while]").forEach((part) => {
      const always = state === "failed" && part.type === "submit";
      part.hidden = part.dataset.while !== state && !always;
    });
  }

  async function ask(method) {
    const answer = await fetch(form.action, {
      method,
      headers: { Accept: "application/json" },
      body: method === "POST" ? new URLSearchParams(new FormData(form)) : undefined,
      redirect: "manual",
      credentials: "same-origin",
    });
    // Whoever is not signed in is led to the sign-in page, or refused.
    if (answer.type === "opaqueredirect" || answer.status === 403) return false;
    if (!answer.ok) throw new Error(answer.status);
    ends = Date.parse((await answer.json()).ends_at);
    return true;
  }

  function over() {
    show("over");
    if (!dialog.open) dialog.showModal();
  }

  function count() {
    if (left() <= 0) return over();
    const whole = Math.max(1, Math.round(left() / 60000));
    minutes.textContent = whole === 1 ? "in 1 minute" : `in ${whole} minutes`;
    timer = window.setTimeout(count, Math.min(left(), 30000));
    return undefined;
  }

  function warn() {
    show("running");
    if (!dialog.open) dialog.showModal();
    count();
  }

  async function look() {
    if (left() > warning) return wait();
    try {
      if (!(await ask("GET"))) return over();
    } catch {
      // Without an answer the end that the page knows holds.
    }
    return left() > warning ? wait() : warn();
  }

  function wait() {
    window.clearTimeout(timer);
    timer = window.setTimeout(look, Math.min(Math.max(left() - warning, 0), longest));
  }

  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    try {
      if (!(await ask("POST"))) return over();
    } catch {
      return show("failed");
    }
    // Closing gives the focus back to where it was.
    dialog.close();
    return wait();
  });
  dialog.querySelector("[data-session-close]").addEventListener("click", () => dialog.close());
  document.addEventListener("session-prolonged", (event) => {
    ends = Date.parse(event.detail);
    if (!dialog.open) wait();
  });
  // A computer that slept runs no timers.
  document.addEventListener("visibilitychange", () => {
    if (!document.hidden && !dialog.open) wait();
  });
  wait();
})();
