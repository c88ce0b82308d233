/**
 * Light Markdown to DOM nodes.
 * Whatever a text holds becomes text nodes and https links; no HTML is ever read from it.
 */

/** An element with properties, attributes (names with "-", and role) and children. */
export function el(tag, properties = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (name.includes("-") || name === "role") node.setAttribute(name, value);
    else node[name] = value;
  }
  node.append(...children.filter((child) => child !== null));
  return node;
}

/** The address when it is an https one, else null. */
export function httpsOnly(address) {
  try {
    const url = new URL(address);
    return url.protocol === "https:" ? url.href : null;
  } catch {
    return null;
  }
}

/** A link that opens a page of its own; only its text where the address is not https. */
export function outside(text, address) {
  const href = httpsOnly(address);
  if (!href) return el("span", {}, text);
  const hint = el("span", { className: "unseen" }, " (mở trang mới)");
  return el("a", { href, target: "_blank", rel: "noopener", className: "outside" }, text, hint);
}

/** The nodes of a reply's text. */
export function richText(text) {
  const blocks = grouped(read(text));
  const level = blocks[0]?.kind === "title" ? 4 : 3;
  const folded = blocks.reduce((n, b) => n + (b.cases?.length ?? 0), 0) > MOST_OPEN_CASES;
  return blocks.map((block) => DRAW[block.kind](block, { level, folded }));
}

/** The same blocks without a last numbered list that only repeats ``labels``. */
export function withoutList(text, labels) {
  const lines = text.trimEnd().split("\n");
  const tail = lines.slice(-labels.length).map((line) => line.replace(/^\s*\d+\. /, "").trim());
  const repeats = labels.length > 0 && tail.every((line, n) => line === labels[n].trim());
  return repeats ? lines.slice(0, -labels.length).join("\n") : text;
}

const MOST_OPEN_CASES = 3;
const MOST_OPEN_NOTES = 2;

const TITLE = /^\*\*([^*]+)\*\* \(([^()]+)\)$/;
const HEADING = /^\*\*([^*]+)\*\*:?$/;
const ASIDE = /^_([^_].*)_$/;
const BULLET = /^[-•] +(.*)$/;
const NUMBERED = /^(\d{1,3})\. +(.*)$/;
const NOTE = /^Lưu ý: *(.+)$/;
const CASE = /^(.*?)\s*(Nếu \*\*(?:(?!Nếu \*\*).)*):$/;
const INLINE =
  /\*\*(.+?)\*\*|(https:\/\/[^\s<>"“”]*[^\s<>"“”.,;:!?)\]])|(^|[^\p{L}\p{N}_])_([^_\s](?:[^_]*[^_\s])?)_(?![\p{L}\p{N}_])|\b(1[89]00\d{4})\b/gu;

/** Lines to blocks; neighbouring lines of one kind join. */
function read(text) {
  const blocks = [];
  for (const line of text.split("\n").map((l) => l.trim())) {
    const block = blockOf(line, blocks.length === 0);
    const last = blocks[blocks.length - 1];
    if (last?.kind === block.kind && block.lines && goesOn(last, block)) last.lines.push(...block.lines);
    else blocks.push(block);
  }
  return blocks;
}

function blockOf(line, first) {
  let found;
  if (!line) return { kind: "gap" };
  if (first && (found = TITLE.exec(line))) return { kind: "title", text: found[1], code: found[2] };
  if (first && (found = HEADING.exec(line))) return { kind: "title", text: found[1] };
  if ((found = HEADING.exec(line))) return { kind: "heading", text: found[1] };
  if ((found = ASIDE.exec(line))) return { kind: "aside", text: found[1] };
  if ((found = BULLET.exec(line))) return { kind: "bullets", lines: [found[1]] };
  if ((found = NUMBERED.exec(line))) return { kind: "numbers", start: Number(found[1]), lines: [found[2]] };
  if ((found = NOTE.exec(line))) return { kind: "notes", lines: [found[1]] };
  return { kind: "paragraph", lines: [line] };
}

function goesOn(last, block) {
  return block.kind !== "numbers" || block.start === last.start + last.lines.length;
}

/** Gaps dropped; «question? Nếu **answer**:» and the list under it made one case. */
function grouped(blocks) {
  const out = [];
  for (let i = 0; i < blocks.length; i += 1) {
    const block = blocks[i];
    const next = blocks[i + 1];
    const lead = block.kind === "paragraph" && block.lines.length === 1 && CASE.exec(block.lines[0]);
    if (lead && next?.kind === "bullets") {
      const last = out[out.length - 1];
      const one = { ask: lead[1], answer: lead[2], lines: next.lines };
      if (last?.kind === "cases") last.cases.push(one);
      else out.push({ kind: "cases", cases: [one] });
      i += 1;
    } else if (block.kind !== "gap") out.push(block);
  }
  return out;
}

const DRAW = {
  title: ({ text, code }) =>
    el("h3", { className: "title" }, text, code ? el("span", { className: "code" }, ` ${code}`) : null),
  heading: ({ text }, { level }) => el(`h${level}`, { className: "section" }, text),
  aside: ({ text }) => el("p", { className: "aside" }, ...inline(text)),
  bullets: ({ lines }) => el("ul", {}, ...lines.map(item)),
  numbers: ({ lines, start }) => el("ol", { start }, ...lines.map(item)),
  paragraph: ({ lines }) => el("p", {}, ...lines.flatMap((l, n) => (n ? [el("br"), ...inline(l)] : inline(l)))),
  notes: drawNotes,
  cases: drawCases,
};

function item(line) {
  return el("li", {}, ...inline(line));
}

function drawNotes({ lines }) {
  const texts = lines.map((line) => el("p", {}, ...inline(line)));
  if (lines.length > MOST_OPEN_NOTES) {
    const summary = el("summary", {}, `${lines.length} điều cần lưu ý về phần này`);
    return el("details", { className: "note" }, summary, ...texts);
  }
  return el("div", { className: "note" }, el("strong", {}, "Lưu ý"), ...texts);
}

/** A question that several cases share is written once above them. */
function drawCases({ cases }, { folded }) {
  const box = el("div", { className: "cases" });
  if (folded) box.append(el("p", { className: "hint" }, "Chạm vào trường hợp của anh/chị để xem cần thêm giấy gì."));
  let asked = null;
  for (const { ask, answer, lines } of cases) {
    if (ask && ask !== asked) box.append(el("p", { className: "case-ask" }, ...inline(ask)));
    asked = ask;
    const summary = el("summary", {}, el("span", {}, ...inline(answer)));
    box.append(el("details", { className: "case", open: !folded }, summary, el("ul", {}, ...lines.map(item))));
  }
  return box;
}

function inline(text) {
  const nodes = [];
  let from = 0;
  for (const found of text.matchAll(INLINE)) {
    const [whole, bold, url, before, italic, phone] = found;
    nodes.push(text.slice(from, found.index) + (before ?? ""));
    if (bold) nodes.push(el("strong", {}, bold));
    else if (url) nodes.push(outside(url, url));
    else if (italic) nodes.push(el("em", {}, italic));
    else nodes.push(el("a", { href: `tel:${phone}` }, phone));
    from = found.index + whole.length;
  }
  nodes.push(text.slice(from));
  return nodes.filter((node) => node !== "");
}
