/* Makes the drawn map movable. Without this script the drawing stays; the table says the same. */
"use strict";

(function () {
  const element = document.getElementById("map");
  if (!element || !window.L) return;

  function style(step) {
    return { className: `is-map__area is-map__area--${step}`, weight: 1, fillOpacity: 0.9 };
  }

  function label(feature) {
    const text = document.createElement("span");
    text.textContent = `${feature.properties.name}: ${feature.properties.text}`;
    return text;
  }

  function draw(data) {
    element.hidden = false;
    element.closest(".is-map").classList.add("is-map--live");
    const map = L.map(element, { zoomSnap: 0.25, attributionControl: true, zoomControl: false });
    map.attributionControl.setPrefix(false);
    L.control.zoom({ zoomInTitle: element.dataset.zoomIn, zoomOutTitle: element.dataset.zoomOut }).addTo(map);
    if (element.dataset.tiles) {
      L.tileLayer(element.dataset.tiles, { attribution: element.dataset.tilesAttribution, maxZoom: 18 }).addTo(map);
    }
    const layer = L.geoJSON(data, {
      style: (feature) => style(feature.properties.step),
      pointToLayer: (feature, place) =>
        L.circleMarker(place, { ...style(feature.properties.step), radius: 6, className: `is-map__dot is-map__area--${feature.properties.step}` }),
      onEachFeature: (feature, shape) => {
        shape.bindTooltip(label(feature), { sticky: true });
        shape.on("click", () => window.location.assign(feature.properties.url));
      },
    }).addTo(map);
    map.fitBounds(layer.getBounds(), { padding: [8, 8] });
  }

  fetch(element.dataset.shapes, { credentials: "same-origin" })
    .then((answer) => (answer.ok ? answer.json() : Promise.reject(answer.status)))
    .then((data) => data.features.length && draw(data))
    .catch(() => {});
})();
