/** The conversation: what is sent, what is shown, what happens when the network fails. */

import { el, httpsOnly, outside, richText, withoutList } from "./render.js";

const TIMEOUT_MS = 15_000;
const PATIENCE_MS = 400;
const MOST_CHIPS = 4;
const NEXT = {
  documents: "Cần giấy tờ gì?",
  fee: "Lệ phí bao nhiêu?",
  time: "Mất bao lâu?",
  where: "Nộp ở đâu?",
  steps: "Các bước thế nào?",
  legal_basis: "Căn cứ pháp lý nào?",
  online: "Nộp trực tuyến được không?",
  result: "Kết quả nhận được là gì?",
};
const OVERVIEW = ["documents", "where", "time", "fee"];
const FAULTS = {
  offline: "Máy của anh/chị đang mất mạng nên câu hỏi chưa gửi được.",
  slow: "Chờ lâu mà chưa thấy trả lời, có thể mạng đang yếu.",
  server: "Xin lỗi anh/chị, máy chủ đang trục trặc nên chưa trả lời được.",
};
const AFTER_FAULT = {
  typed: "Câu hỏi vẫn còn trong ô bên dưới, anh/chị không phải gõ lại.",
  touched: "Anh/chị chờ một chút rồi thử lại.",
};

const $ = (id) => document.getElementById(id);
const log = $("log");
const form = $("ask");
const box = $("message");
const again = $("again");

let ids = 0;
let talk = freshTalk();

$("starters").hidden = false;
form.hidden = false;
const opening = [...log.children].map((node) => node.cloneNode(true));

form.addEventListener("submit", (event) => {
  event.preventDefault();
  sendTyped();
});

box.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
  event.preventDefault();
  sendTyped();
});

box.addEventListener("input", fitBox);
again.addEventListener("click", startOver);

log.addEventListener("click", (event) => {
  const button = event.target.closest("button.chip, button.option");
  if (button) send({ label: button.dataset.label ?? button.textContent.trim(), message: button.dataset.message });
});

function freshTalk() {
  return { id: newId(), abort: null, shown: new Map() };
}

/** randomUUID is missing on plain http, which a kiosk in a local network may use. */
function newId() {
  if (crypto.randomUUID) return crypto.randomUUID();
  return [...crypto.getRandomValues(new Uint8Array(16))].map((b) => b.toString(16).padStart(2, "0")).join("");
}

function sendTyped() {
  const text = box.value.trim();
  if (text) send({ label: text, typed: true });
  else box.focus();
}

/** ``said``: the ``label`` shown, the ``message`` sent when it differs, whether it was ``typed``. */
async function send(said) {
  if (talk.abort) return;
  const mine = talk;
  mine.abort = new AbortController();
  $("fault")?.remove();
  const question = showQuestion(said.label);
  if (said.typed) setBox("");
  setBusy(true);
  const waiting = setTimeout(showWaiting, PATIENCE_MS);
  try {
    const reply = await post(said.message ?? said.label, mine);
    if (mine === talk) showReply(reply, question);
  } catch (fault) {
    if (mine === talk) showFault(fault, said, question);
  } finally {
    clearTimeout(waiting);
    if (mine === talk) settle(mine);
  }
}

function settle(mine) {
  mine.abort = null;
  $("waiting")?.remove();
  setBusy(false);
}

async function post(message, mine) {
  const alarm = setTimeout(() => mine.abort.abort(), TIMEOUT_MS);
  try {
    const response = await fetch("/api/chat", {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify({ conversation: mine.id, message }),
      signal: mine.abort.signal,
    });
    const data = await response.json();
    if (response.ok && typeof data.text === "string") return data;
    throw new Error(response.status < 500 && data.detail ? data.detail : FAULTS.server);
  } catch (fault) {
    if (fault.name === "AbortError") throw new Error(FAULTS.slow);
    if (!navigator.onLine) throw new Error(FAULTS.offline);
    throw fault instanceof TypeError || fault instanceof SyntaxError ? new Error(FAULTS.server) : fault;
  } finally {
    clearTimeout(alarm);
  }
}

function setBusy(busy) {
  log.setAttribute("aria-busy", String(busy));
  form.querySelector(".send").setAttribute("aria-disabled", String(busy));
}

function setBox(text) {
  box.value = text;
  fitBox();
}

function fitBox() {
  box.style.height = "auto";
  box.style.height = `${box.scrollHeight + box.offsetHeight - box.clientHeight}px`;
}

function startOver() {
  talk.abort?.abort();
  talk = freshTalk();
  document.body.setAttribute("data-fresh", "");
  log.replaceChildren(...opening.map((node) => node.cloneNode(true)));
  setBusy(false);
  setBox("");
  again.hidden = true;
  log.firstElementChild.focus({ preventScroll: true });
  window.scrollTo(0, 0);
}

function message(kind, sender, ...children) {
  const id = `sender-${(ids += 1)}`;
  const heading = el("h2", { id, className: kind === "you" ? "unseen" : "sender" }, sender);
  return el("article", { className: `message ${kind}`, tabIndex: -1, "aria-labelledby": id }, heading, ...children);
}

function showQuestion(text) {
  again.hidden = false;
  document.body.removeAttribute("data-fresh");
  const question = message("you", "Anh/chị hỏi", el("p", {}, text));
  log.append(question);
  goTo(question);
  return question;
}

function showWaiting() {
  log.append(el("p", { id: "waiting", className: "waiting" }, "Đang tìm trong hồ sơ thủ tục…"));
}

function showReply(reply, question) {
  $("waiting")?.remove();
  log.querySelectorAll(".chips").forEach((chips) => chips.remove());
  const options = reply.options ?? [];
  const text = withoutList(reply.text, options.map((option) => option.label));
  const answer = message("bot", "Trợ lý tự động", ...richText(text), optionList(options), ...footOf(reply));
  log.append(answer);
  const chips = chipsAfter(reply, options);
  if (chips) log.append(chips);
  answer.focus({ preventScroll: true });
  goTo(question);
}

function goTo(node) {
  const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
  node.scrollIntoView({ block: "start", behavior: calm ? "auto" : "smooth" });
}

function optionList(options) {
  if (!options.length) return null;
  const buttons = options.map((option) => {
    const button = el("button", { type: "button", className: "option" }, el("span", {}, option.label));
    button.dataset.label = option.label;
    button.dataset.message = option.value;
    return el("li", {}, button);
  });
  return el("ol", { className: "options" }, ...buttons);
}

/** Under an answer: the procedure's own page, the sources, and what is unclear in the record. */
function footOf(reply) {
  const foot = el("div", { className: "foot" });
  if (httpsOnly(reply.procedure?.url)) {
    const link = outside("Xem thủ tục này trên Cổng dịch vụ công", reply.procedure.url);
    foot.append(el("p", { className: "portal" }, link));
  }
  const sources = distinct(reply.sources ?? []).map(sourceLine);
  if (sources.length) foot.append(fold("Nguồn", sources));
  const notices = (reply.notices ?? []).map((notice) => el("li", {}, notice));
  if (notices.length) foot.append(fold("Cần lưu ý", notices, true));
  return foot.childElementCount ? [foot] : [];
}

function fold(title, items, open = false) {
  return el("details", { className: "more", open }, el("summary", {}, title), el("ul", {}, ...items));
}

function distinct(sources) {
  return [...new Map(sources.map((source) => [`${source.code} ${source.url}`, source])).values()];
}

function sourceLine({ title, code, url, decision, checked_on: checked }) {
  const day = /^(\d{4})-(\d\d)-(\d\d)/.exec(checked ?? "");
  const facts = [`Mã ${code}`, decision && `quyết định ${decision}`, day && `kiểm tra ngày ${day[3]}/${day[2]}/${day[1]}`];
  return el("li", {}, outside(title, url), el("br"), `${facts.filter(Boolean).join(", ")}.`);
}

/** What may be asked next; after a reply that leads nowhere, the first suggestions again. */
function chipsAfter(reply, options) {
  if (reply.procedure) return chipGroup("Hỏi tiếp về thủ tục này", nextQuestions(reply));
  if (options.length || reply.status === "error") return null;
  return opening.find((node) => node.id === "starters").cloneNode(true);
}

/**
 * The code goes along with each question: it holds whatever the server remembers,
 * also when another worker answers or the conversation has been forgotten.
 */
function nextQuestions({ procedure, aspects }) {
  const shown = talk.shown.get(procedure.code) ?? new Set();
  talk.shown.set(procedure.code, shown);
  for (const aspect of aspects ?? []) (aspect === "overview" ? OVERVIEW : [aspect]).forEach((a) => shown.add(a));
  const open = Object.keys(NEXT).filter((aspect) => !shown.has(aspect));
  return open.slice(0, MOST_CHIPS).map((aspect) => [NEXT[aspect], `${NEXT[aspect]} (mã ${procedure.code})`]);
}

function chipGroup(title, questions) {
  if (!questions.length) return null;
  const id = `chips-${(ids += 1)}`;
  const buttons = questions.map(([label, sent]) => {
    const button = el("button", { type: "button", className: "chip" }, label);
    button.dataset.message = sent;
    return button;
  });
  const heading = el("p", { id, className: "chips-title" }, title);
  return el("div", { className: "chips", role: "group", "aria-labelledby": id }, heading, ...buttons);
}

function showFault(fault, said, question) {
  question.remove();
  $("waiting")?.remove();
  const kept = said.typed && !box.value.trim();
  if (kept) setBox(said.label);
  const what = el("p", { id: "fault-text" }, `${fault.message} ${kept ? AFTER_FAULT.typed : AFTER_FAULT.touched}`);
  const retry = el("button", { type: "button", className: "retry", "aria-describedby": "fault-text" }, "Thử lại");
  retry.addEventListener("click", () => (kept ? sendTyped() : send(said)));
  const note = el("div", { id: "fault", className: "fault" }, what, retry);
  log.append(note);
  retry.focus({ preventScroll: true });
  note.scrollIntoView({ block: "end" });
}
