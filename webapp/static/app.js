// Speeds pages up; every page works without it.
// data-live="ID"  on a form: as one types, fetch the form's page and replace element ID (the template block named by data-block).
// data-now        on a form: send it when a choice changes.
// data-copy="ID"  on a button: put what field ID holds on the clipboard.
// data-print      on a button: print the page, with everything unfolded.
// data-stays      on a button: it fetches a file, so the page and its form stay.
// data-enter      on a text of several lines: Enter sends its form, Shift+Enter begins a line.
"use strict";

document.documentElement.classList.add("scripted");

const TYPING_MS = 180; // pause after which somebody has finished a word

function queryOf(form) {
  const pairs = [...new FormData(form)].filter(([name, value]) => value !== "" && name !== "csrf_token");
  return new URLSearchParams(pairs);
}

function live(form) {
  const target = document.getElementById(form.dataset.live);
  let timer, running;

  async function refresh() {
    running?.abort();
    running = new AbortController();
    const url = new URL(form.action);
    url.search = queryOf(form);
    try {
      const answer = await fetch(url, { headers: { "X-Fragment": form.dataset.block }, signal: running.signal });
      if (!answer.ok || answer.redirected) return form.requestSubmit();
      const focused = document.activeElement?.id;
      target.innerHTML = await answer.text();
      if (focused) document.getElementById(focused)?.focus();
      history.replaceState(null, "", url);
    } catch (error) {
      if (error.name !== "AbortError") throw error;
    }
  }

  form.addEventListener("input", (event) => {
    if (event.target.matches("[data-quiet]")) return;
    clearTimeout(timer);
    timer = setTimeout(refresh, event.target.type === "search" ? TYPING_MS : 0);
  });
  form.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && event.target.type === "search") event.preventDefault();
  });
}

function sendOnEnter(event) {
  if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
  event.preventDefault();
  event.target.form.requestSubmit();
}

function busyOnce(event) {
  const form = event.target;
  if (form.method !== "post" || event.submitter?.hasAttribute("data-stays")) return;
  if (form.dataset.sent) return event.preventDefault();
  form.dataset.sent = "yes";
  event.submitter?.setAttribute("aria-busy", "true");
}

async function copy(button) {
  const field = document.getElementById(button.dataset.copy);
  field.select(); // where the clipboard is closed to pages, as without https, it can be copied by hand
  try {
    await navigator.clipboard.writeText(field.value);
  } catch {
    if (!document.execCommand("copy")) return;
  }
  button.querySelector("span").textContent = "Copied";
}

function shortcut(event) {
  const typing = event.target.matches?.("input, select, textarea, [contenteditable]");
  if (typing || event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.key === "/") {
    const search = document.querySelector("main input[type=search]");
    if (!search) return;
    event.preventDefault();
    search.focus();
    search.select();
  }
  if (event.key === "?") document.getElementById("help")?.togglePopover();
}

function unfold() {
  document.querySelectorAll("details:not([open])").forEach((one) => {
    one.open = true;
    window.addEventListener("afterprint", () => (one.open = false), { once: true });
  });
}

document.querySelectorAll("form[data-live]").forEach(live);
document.querySelectorAll("form[data-now]").forEach((form) => {
  form.addEventListener("change", () => form.requestSubmit());
});
document.querySelectorAll("[data-copy]").forEach((button) => {
  button.addEventListener("click", () => copy(button));
});
document.querySelectorAll("[data-print]").forEach((button) => button.addEventListener("click", () => window.print()));
window.addEventListener("beforeprint", unfold);
document.querySelectorAll("[data-enter]").forEach((field) => field.addEventListener("keydown", sendOnEnter));
document.addEventListener("submit", busyOnce);
document.addEventListener("keydown", shortcut);
window.addEventListener("pageshow", () => {
  // a page that comes back from the browser's memory may be sent again
  document.querySelectorAll("form[data-sent]").forEach((form) => delete form.dataset.sent);
  document.querySelectorAll("[aria-busy]").forEach((button) => button.removeAttribute("aria-busy"));
});
