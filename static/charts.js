// Draws every figure of the page with Plotly from the JSON that stands beside it.
// Without Plotly, or when drawing fails, the server's own drawing stays.
(() => {
  const settings = {
    displayModeBar: false, // its buttons would send data to another host
    displaylogo: false,
    plotlyServerURL: "",
    responsive: true,
    showTips: false,
  };

  async function draw(place) {
    const source = document.getElementById(place.dataset.chart);
    const figure = JSON.parse(source.textContent);
    const fallback = place.parentElement.querySelector("[data-chart-fallback]");
    place.hidden = false;
    try {
      await window.Plotly.newPlot(place, figure.data, figure.layout, settings);
    } catch (error) {
      place.hidden = true;
      throw error;
    }
    if (fallback) fallback.hidden = true;
    place.dataset.ready = "true";
  }

  if (window.Plotly) document.querySelectorAll("[data-chart]").forEach(draw);
})();
