// GOV.UK's own first lines of each page, in a file because the content policy refuses inline scripts.
document.body.className +=
  " js-enabled" + ("noModule" in HTMLScriptElement.prototype ? " govuk-frontend-supported" : "");
