/** The control a cell or a form field is typed into, by the column's kind. */
import { ask, h, newId } from "./dom.js";
import { editable, isEmpty, meant } from "./cells.js";

const KEYBOARDS = { whole: "numeric", number: "decimal", money: "decimal", percent: "decimal" };

/**
 * Make the control for a column: {element, read(), write(value), focus()}.
 * `oninput` is called while typing, `onchange` when a choice is made.
 */
export function editorFor(column, value, { label, oninput = () => {}, onchange = () => {}, id = newId("field"), describedby = null }) {
  const attributes = { id, "aria-label": label ?? null, "aria-describedby": describedby };
  if (column.kind === "choices") return choices(column, value, attributes, onchange);
  if (column.kind === "yes_no") return select([["true", "Yes"], ["false", "No"]], value, attributes, onchange, yesNo);
  if (column.choices && !column.open_ended) return select(column.choices, value, attributes, onchange);
  if (column.kind === "long_text") return text(h("textarea", { ...attributes, rows: 4, oninput }), column, value);
  return text(h("input", { ...attributes, type: "text", autocomplete: "off", inputmode: KEYBOARDS[column.kind] ?? null, oninput }), column, value);
}

function yesNo(code) {
  return code === "true" ? true : code === "false" ? false : code;
}

function text(element, column, value) {
  element.value = editable(column, value);
  const editor = {
    element,
    input: element,
    read: () => meant(column, element.value),
    write: (now) => { element.value = editable(column, now); },
    focus: () => element.focus({ preventScroll: true }),
  };
  if (column.open_ended) suggest(editor, column.choices.map(([, words]) => words));
  else if (column.refers) refer(editor, column);
  return editor;
}

/** The codes another table of this town has, as suggestions, once that table is here. */
function refer(editor, column) {
  const list = suggest(editor, []);
  const [table, field] = column.refers.split(".");
  // Imported only here: tables.js is above this module, and a column that refers to nothing needs none of it.
  import("./tables.js").then(({ openTable }) => openTable(table)).then((data) => {
    const found = data.rows.map((row) => data.valueOf(row.id, field)).filter(Boolean);
    list.replaceChildren(...[...new Set(found)].map((value) => h("option", { value: String(value) })));
  }).catch(() => { /* no suggestions then; the code can be typed */ });
}

/** Suggestions for an open list: what is not in it may be typed all the same. */
function suggest(editor, words) {
  const list = h("datalist", { id: newId("list") }, words.map((one) => h("option", { value: one })));
  editor.input.setAttribute("list", list.id);
  editor.element = h("span", { class: "eq-open-list" }, editor.input, list);
  return list;
}

function select(options, value, attributes, onchange, decode = (code) => code) {
  const element = h("select", { ...attributes, onchange }, h("option", { value: "" }, ""), options.map(([code, words]) => h("option", { value: String(code) }, words)));
  const write = (now) => {
    const code = isEmpty(now) ? "" : String(now);
    element.querySelector("[data-odd]")?.remove();
    // What was typed or pasted and is not in the list is kept, and offered as it is.
    if (![...element.options].some((option) => option.value === code)) element.append(h("option", { value: code, "data-odd": "" }, `${code} (as typed)`));
    element.value = code;
  };
  write(value);
  return { element, input: element, read: () => (element.value === "" ? null : decode(element.value)), write, focus: () => element.focus({ preventScroll: true }) };
}

function choices(column, value, attributes, onchange) {
  const boxes = column.choices.map(([code, words]) => {
    const box = h("input", { type: "checkbox", value: code, onchange });
    return [box, h("label", { class: "eq-box" }, box, words)];
  });
  const { id, ...rest } = attributes;
  const element = h("div", { ...rest, id, role: "group", class: "eq-boxes" }, boxes.map(([, label]) => label));
  const write = (now) => {
    const codes = now ?? [];
    // What was typed or pasted and is not in the list is kept, and offered as it is.
    for (const odd of codes.filter((code) => !boxes.some(([box]) => box.value === code))) {
      const box = h("input", { type: "checkbox", value: odd, onchange });
      boxes.push([box, h("label", { class: "eq-box" }, box, `${odd} (as typed)`)]);
      element.append(boxes.at(-1)[1]);
    }
    for (const [box] of boxes) box.checked = codes.includes(box.value);
  };
  const read = () => {
    const picked = boxes.filter(([box]) => box.checked).map(([box]) => box.value);
    return picked.length ? picked : null;
  };
  write(Array.isArray(value) ? value : []);
  return { element, input: boxes[0]?.[0], read, write, focus: () => boxes[0]?.[0].focus() };
}

/** Long text and several choices need room: edit them in a dialog. Resolves to the new value, or undefined when left as it was. */
export async function editInDialog(column, value, title, { oninput, place = null } = {}) {
  const send = (wait) => oninput?.(editor.read(), { wait });
  const editor = editorFor(column, value, { label: column.label, oninput: () => send(true), onchange: () => send(false) });
  const help = column.help ? h("p", { class: "eq-hint" }, column.help) : null;
  const before = JSON.stringify(editor.read());
  const unkept = () => JSON.stringify(editor.read()) !== before;
  const answer = ask(title, [help, editor.element], [["Keep", "keep", "go"], ["Leave as it was", "leave"]], { wide: true, place, unkept });
  editor.focus();
  return (await answer) === "keep" ? editor.read() : undefined;
}
