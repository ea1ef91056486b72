// Runs once, as the reader's `js_on_load`. `element` is the reader; `trigger` tells the server what was
// clicked; `watch` says when the server has sent a new passage. Everything shown comes escaped from there.

const reader = () => document.querySelector("#reader");

function showHit() {
  const hit = element.querySelector("mark.hit");
  const text = element.querySelector(".source-text");
  if (hit && text) moveTo(hit, text.clientHeight / 3);
}

// the text alone is scrolled, never the page with it
function moveTo(part, below) {
  const text = part.closest(".source-text");
  text.scrollTop += part.getBoundingClientRect().top - text.getBoundingClientRect().top - below;
}

function openReader(opened) {
  reader().classList.toggle("open", opened);
  if (opened) requestAnimationFrame(showHit);
}

function say(button, words) {
  const before = button.textContent;
  button.textContent = words;
  setTimeout(() => { button.textContent = before; }, 1500);
}

async function copy(text) {
  try {
    await navigator.clipboard.writeText(text);
  } catch {  // no clipboard outside https and this machine
    const area = document.createElement("textarea");
    area.value = text;
    document.body.append(area);
    area.select();
    document.execCommand("copy");
    area.remove();
  }
}

function save(name, text) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([text], { type: "text/markdown;charset=utf-8" }));
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 1000);
}

function exported(button) {
  const source = button.closest(".turn").querySelector("template.export");
  const link = `${location.origin}${location.pathname}?${source.dataset.query}`;
  return { link, markdown: `${source.content.textContent.trim()}\n\n${link}\n` };
}

const actions = {
  cite: (target) => {
    openReader(true);
    trigger("select", { cite: target.dataset.cite, whole: "whole" in target.dataset });
  },
  example: (target) => trigger("example_select", { question: target.dataset.example }),
  again: () => trigger("retry"),
  copy: (target) => copy(exported(target)[target.dataset.copy]).then(() => say(target, target.dataset.done)),
  save: (target) => save(target.dataset.save, exported(target).markdown),
  closeReader: () => { openReader(false); lastCited?.focus(); },
  jump: (target) => moveTo(element.querySelector(`#${target.dataset.jump}`), 0),
  focus: (target) => document.querySelector(target.dataset.focus)?.focus(),
  themeSwitch: () => setTheme(document.body.classList.contains("dark") ? "light" : "dark"),
};
let lastCited = null;

document.addEventListener("click", (event) => {
  if (event.ctrlKey || event.metaKey || event.shiftKey) return;  // a new tab
  for (const [name, act] of Object.entries(actions)) {
    const attribute = `data-${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
    const target = event.target.closest?.(`[${attribute}]`);
    if (!target) continue;
    event.preventDefault();
    if (name === "cite" && !element.contains(target)) lastCited = target;
    act(target);
    return;
  }
});

document.addEventListener("keydown", (event) => {
  if (event.key === "Escape" && reader().classList.contains("open")) actions.closeReader();
});

watch("value", showHit);

function setTheme(theme) {
  document.body.classList.toggle("dark", theme === "dark");
  localStorage.setItem("plan-rag-theme", theme);
}
const theme = localStorage.getItem("plan-rag-theme");
if (theme) setTheme(theme);

// What is sent, and what is left in the box. What it held when Enter was pressed is sent and taken out of it
// here and now: nothing is lost that is typed while the event and the question travel. While an answer is on
// its way nothing is sent; a second Enter right after the first neither sends it again nor an empty question.
const questionBox = () => document.querySelector("#question-box textarea");
const sent = [];
let held = "";
let lastTaken = 0;
const hold = () => { held = questionBox()?.value ?? ""; };
document.addEventListener("keydown", (event) => { if (event.key === "Enter") hold(); }, true);
document.addEventListener("click", hold, true);
window.takeQuestion = () => {
  const box = questionBox();
  if (document.querySelector("#stop")?.checkVisibility() || !box.value.startsWith(held)) return;
  if (held.trim()) {
    sent.push(held);
    box.value = box.value.slice(held.length);
    box.dispatchEvent(new Event("input", { bubbles: true }));
    lastTaken = Date.now();
  } else if (Date.now() - lastTaken >= 1000) {
    sent.push(" ");
  }
};
window.nextQuestion = () => sent.shift() ?? "";

// A new question comes into view, and its answer with it while that grows; who scrolls meanwhile is left alone.
// Widgets come and go with their tabs, hence the whole page is watched.
let following = false;
let followed = "";
let wasPending = false;
let place = 0;
let changed = false;
let bar = null;

// how much of the page the question box covers
const measured = new ResizeObserver(() => {
  document.documentElement.style.setProperty("--ask-bar", `${bar.offsetHeight}px`);
});

function follow() {
  changed = false;
  if (!bar?.isConnected && (bar = document.querySelector("#ask-bar"))) measured.observe(bar);
  const turn = document.querySelector("#current .turn");
  const pending = turn?.classList.contains("pending") ?? false;
  const earlier = document.querySelectorAll("#past .turn").length;
  const question = turn ? `${earlier} ${turn.querySelector(".question").textContent}` : "";
  if (turn && (question !== followed || (pending && !wasPending))) following = true;
  followed = question;
  wasPending = pending;
  if (!turn || !following) return;
  const fits = turn.offsetHeight < innerHeight - (bar?.offsetHeight ?? 0) - 24;
  turn.scrollIntoView({ block: fits ? "nearest" : "start" });
  place = scrollY;
  following = pending;
}

const leave = () => { following = false; };
for (const name of ["wheel", "touchmove"]) document.addEventListener(name, leave, { passive: true });
document.addEventListener("scroll", () => {  // by keys or by the bar, and not because the page has changed
  if (!changed && Math.abs(scrollY - place) > 4) leave();
});
new MutationObserver(() => {
  if (changed) return;
  changed = true;
  requestAnimationFrame(follow);
}).observe(document.body, { childList: true, subtree: true });
