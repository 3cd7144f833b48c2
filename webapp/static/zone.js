// The time zone of the device, where the browser tells it.
// data-zone on a hidden field: it is sent along.
// data-zone-offer="ID" on a hidden line: shown when select ID holds another zone; its button chooses the device's and sends.
"use strict";

const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;

if (/^(?!Etc)\w+\//.test(zone)) {
  // UTC is what a browser says that hides where it is
  document.querySelectorAll("[data-zone]").forEach((field) => (field.value = zone));
  document.querySelectorAll("[data-zone-offer]").forEach((line) => {
    const select = document.getElementById(line.dataset.zoneOffer);
    if (select.value === zone) return;
    line.querySelector("b").textContent = zone.replaceAll("_", " ");
    line.querySelector("button").addEventListener("click", () => {
      if (![...select.options].some((option) => option.value === zone)) select.add(new Option(zone, zone));
      select.value = zone;
      select.form.requestSubmit();
    });
    line.hidden = false;
  });
}
