// Saves an answer while it is written: the form with data-autosave on a question's page, which says
// in data-saving, data-unreachable and data-signed-out what the server cannot say. A form of several
// articles keeps all of them at once, and tells it in the one that is written in.
// The server checks each save as it checks the button's. What it refuses is told in the status line,
// which never moves the focus. Whoever saved in between stops it: only a person can compare texts.
(() => {
  const form = document.querySelector("form[data-autosave]");
  let line = form && form.querySelector("[data-autosave-line]");
  // Older browsers have the buttons.
  if (!form || !line || !form.requestSubmit || !AbortSignal.timeout) return;
  const version = form.elements.namedItem("version");
  const pause = 2500;
  const patience = 15000;
  // The browser sends at most 64 kB after a page is gone.
  const parting = 60000;
  let timer = null;
  let running = null;
  let stopped = false;
  let leaving = false;
  let settled = typed();

  function fields() {
    return new URLSearchParams(new FormData(form));
  }

  function typed() {
    const kept = fields();
    ["version", "csrfmiddlewaretoken", "typed_by"].forEach((name) => kept.delete(name));
    return kept.toString();
  }

  function say(state, words) {
    line.dataset.state = state;
    line.textContent = words;
    const before = (line.closest("article") || form).querySelector("[data-saved-before]");
    if (before) before.hidden = true;
  }

  function heard(reply) {
    say(reply.state, reply.words);
    if (reply.state === "stale" || reply.state === "locked") stopped = true;
    if (reply.state !== "saved") return;
    if (version) version.value = reply.version;
    const remove = form.querySelector('button[name="remove"]');
    if (remove) remove.hidden = false;
    if (reply.session_ends) {
      const ends = { detail: reply.session_ends };
      document.dispatchEvent(new CustomEvent("session-prolonged", ends));
    }
  }

  async function send() {
    const body = fields();
    const sent = typed();
    say("saving", form.dataset.saving);
    try {
      const answer = await fetch(window.location.pathname, {
        method: "POST",
        body,
        headers: { Accept: "application/json" },
        credentials: "same-origin",
        // The sign-in page is no answer to a save.
        redirect: "manual",
        keepalive: body.toString().length < parting,
        signal: AbortSignal.timeout(patience),
      });
      const type = answer.headers.get("Content-Type") || "";
      if (type.startsWith("application/json")) {
        heard(await answer.json());
        settled = sent;
      } else if (answer.type === "opaqueredirect" || answer.status === 403) {
        say("signed-out", form.dataset.signedOut);
        settled = sent;
      } else {
        throw new Error(answer.status);
      }
    } catch {
      // Tried again with the next change, or when the person saves.
      say("unreachable", form.dataset.unreachable);
    }
  }

  function save() {
    window.clearTimeout(timer);
    if (stopped || leaving || running || typed() === settled) return;
    running = send().finally(() => {
      running = null;
      if (typed() !== settled && line.dataset.state !== "unreachable") later();
    });
  }

  function later(event) {
    const part = event && event.target.closest("article");
    line = (part && part.querySelector("[data-autosave-line]")) || line;
    window.clearTimeout(timer);
    if (!stopped && !leaving) timer = window.setTimeout(save, pause);
  }

  form.addEventListener("input", later);
  form.addEventListener("change", later);
  document.addEventListener("visibilitychange", () => {
    if (document.hidden) save();
  });
  form.addEventListener("submit", (event) => {
    window.clearTimeout(timer);
    if (!running) {
      leaving = true;
      return;
    }
    // A save on its way gives the answer another version: the button's save waits for it, so that
    // nobody is told that they have overtaken themselves.
    event.preventDefault();
    if (leaving) return;
    leaving = true;
    const button = event.submitter;
    running.finally(() => form.requestSubmit(button));
  });
  // A page that comes back whole, by the browser's Back, goes on where it was.
  window.addEventListener("pageshow", (event) => {
    if (event.persisted) leaving = false;
  });
})();
