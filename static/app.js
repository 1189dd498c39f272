// Starts the GOV.UK components. The page names the package's script, since its name carries a hash.
const { govuk } = document.querySelector("script[data-govuk]").dataset;
const { initAll } = await import(govuk);
initAll();
