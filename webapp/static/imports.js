// Importing. data-drop on the upload form: a file may be dropped anywhere on the page.
// data-progress="ID": ask for this page's block of that name until the import is done, then show its result.
"use strict";

const ASK_MS = 700; // between two questions; a row in a progress table costs the server nothing

const form = document.querySelector("[data-drop]");
if (form) {
  const input = form.querySelector("input[type=file]");
  const over = (on) => form.classList.toggle("over", on);
  document.addEventListener("dragover", (event) => {
    event.preventDefault();
    over(true);
  });
  document.addEventListener("dragleave", (event) => {
    if (!event.relatedTarget) over(false);
  });
  document.addEventListener("drop", (event) => {
    event.preventDefault();
    over(false);
    if (!event.dataTransfer.files.length) return;
    input.files = event.dataTransfer.files;
    form.requestSubmit();
  });
}

const progress = document.querySelector("[data-progress]");
if (progress) {
  const name = progress.dataset.progress;
  const ask = async () => {
    try {
      const answer = await fetch(location.href, { headers: { "X-Fragment": name } });
      const part = answer.ok ? await answer.text() : "";
      if (!part.trim()) return location.reload(); // nothing runs any more: the result is there
      document.getElementById(name).innerHTML = part;
    } catch {
      // the connection is gone for a moment: ask again
    }
    setTimeout(ask, ASK_MS);
  };
  setTimeout(ask, ASK_MS);
}
