// Asks the browser for a security key, and sends what it answers: on pages that add one or use one.
// What stands on the page says what to ask for; webauthn-json turns it into bytes and back.
(() => {
  const place = document.querySelector("[data-security-key]");
  const options = document.getElementById("security-key-options");
  if (!place || !options) return;
  const said = place.querySelector("[data-security-key-said]");
  const form = place.querySelector("form");

  async function ask() {
    said.textContent = "Follow what your browser asks.";
    try {
      const asked = JSON.parse(options.textContent);
      const answer = await window.webauthnJSON[place.dataset.securityKey](asked);
      form.elements.credential.value = JSON.stringify(answer);
      form.submit();
    } catch {
      // Cancelled, timed out, or no such key: browsers do not say which, on purpose.
      said.textContent = "No key answered. Try again, or use another way below.";
    }
  }

  place.querySelector("[data-security-key-start]").addEventListener("click", ask);
})();
