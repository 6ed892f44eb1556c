// The live page: values come as server-sent events, and are drawn so that a glance is enough.

import { curve, stack } from "./curves.js";

const $ = (id) => document.getElementById(id);
const AGAIN = 2000; // milliseconds between two tries
const SILENT = 15_000; // milliseconds without an event after which the connection counts as broken
const CALM = 0.03; // share by which a number must change before it is shown anew
const MOODS = ["neutral", "happy", "surprise", "sad", "fear", "disgust", "angry", "unsure"];

const table = await (await fetch("/static/words.json")).json();
const language = navigator.languages.map((one) => one.slice(0, 2)).find((one) => table[one]) ?? "en";
const words = { ...table.en, ...table[language] };
const percent = new Intl.NumberFormat(language, { style: "percent", maximumFractionDigits: 0 });
const shown = {}; // the shares as they stand on the page

const token = location.hash.slice(1) || sessionStorage.getItem("token") || "";
if (location.hash) {
  sessionStorage.setItem("token", token);
  history.replaceState(null, "", "/"); // so that it is not seen over a shoulder
}

document.documentElement.lang = language;
for (const element of document.querySelectorAll("[data-word]")) element.textContent = say(element.dataset.word);

function say(word, parts = {}) {
  return words[word].replace(/\{(\w+)\}/g, (_, name) => parts[name]);
}

// ---- the way to the bot

async function watch() {
  const broken = new AbortController();
  let timer = setTimeout(() => broken.abort(), SILENT);
  const answer = await fetch("/values", { headers: { "X-Meetbot-Token": token }, signal: broken.signal });
  if (answer.status === 403) return "refused";
  const reader = answer.body.pipeThrough(new TextDecoderStream()).getReader();
  let text = "";
  for (;;) {
    const { value, done } = await reader.read();
    if (done || !answer.ok) return "unreachable";
    clearTimeout(timer);
    timer = setTimeout(() => broken.abort(), SILENT);
    const events = (text + value).split("\n\n");
    text = events.pop();
    if (events.length) show(JSON.parse(events.at(-1).slice("data: ".length)));
  }
}

for (;;) {
  tell(await watch().catch(() => "unreachable"));
  await new Promise((done) => setTimeout(done, AGAIN));
}

// ---- what is shown

function tell(state) {
  const text = say(state);
  if ($("state").textContent !== text) $("state").textContent = text; // said once by screen readers
  $("state").className = ["here", "waiting"].includes(state) ? "" : "away";
  $("values").className = state === "here" ? "" : "old";
}

function show({ state, values }) {
  tell(state === "here" && values.lost ? "lost" : state);
  if (!values) return;
  $("values").hidden = false;
  showAttention(values);
  showMood(values);
  $("asking-card").hidden = !values.persons;
  fill("asking", values.asking.map((one) => [bold(one.name), `: ${say(one.kind, one)}`]), "asking_none");
  fill("moments", values.moments.map((one) => [moment(one, values.moods)]), "moments_none");
  showCameras(values);
  const seen = calm("seen", values.now.coverage);
  $("seen").textContent = seen === null ? say("seen_unknown") : say("seen_share", { share: percent.format(seen) });
  const { behind, made, due } = values.connection;
  $("connection").textContent = behind === null ? "" : say("behind", { seconds: behind.toFixed(1), made, due });
}

// A number moves only when it moves by more than a glance would notice.
function calm(name, share) {
  const before = shown[name] ?? null;
  if (share === null || before === null || Math.abs(share - before) >= CALM) shown[name] = share;
  return shown[name];
}

// Where moods are not read nothing is called attention: that would name a state of mind.
function about(word, moods, parts) {
  return say(moods ? word : `${word}_plain`, parts);
}

function showAttention({ now, curve: points, persons, moods }) {
  $("attention-title").textContent = about("attention", moods);
  const share = calm("attention", now.attention);
  const known = share !== null;
  $("attention").textContent = known ? percent.format(share) : say("attention_unknown");
  $("attention").classList.toggle("words", !known);
  const note = known ? say("turned") : say(persons ? "attention_why" : "attention_few");
  $("attention-note").textContent = note;
  const label = say("attention_curve", { share: known ? percent.format(share) : say("attention_unknown") });
  curve($("attention-curve"), points.attention, points.step, label);
}

function showMood({ now, curve: points, moods, persons }) {
  for (const id of ["mood-curve", "mood-scale", "legend"]) $(id).toggleAttribute("hidden", !moods); // one is an SVG
  const shares = MOODS.map((mood) => [mood, now.moods[mood] ?? 0]).filter(([, share]) => share >= 0.03);
  const named = shares.filter(([mood]) => mood !== "unsure").sort((one, other) => other[1] - one[1]).slice(0, 2);
  const text = named.map(([mood, share]) => `${say(mood)} ${percent.format(calm(mood, share))}`).join(", ");
  $("mood").textContent = text || say(moods ? "mood_unknown" : "mood_off");
  $("mood").classList.add("words");
  $("mood-note").textContent = say(!moods ? "mood_policy" : text || persons ? "mood_note" : "attention_few");
  if (!moods) return;
  stack($("mood-curve"), points.moods, MOODS, points.step, say("mood_curve", { moods: text || say("mood_unknown") }));
  $("legend").replaceChildren(...MOODS.map((mood) => {
    const entry = document.createElement("li");
    entry.className = mood;
    entry.textContent = say(mood);
    return entry;
  }));
}

function showCameras({ cameras }) {
  const { on, off, off_count: dark, unknown, not_analysed: silent } = cameras;
  $("cameras").textContent = say("cameras_on", { on: on.length, all: on.length + dark + unknown });
  const rows = [["on", on.join(", ") || say("nobody")]];
  if (off.length) rows.push(["off", off.join(", ")]);
  if (unknown) rows.push(["not_yet", unknown]);
  if (silent) rows.push(["not_analysed", say("not_analysed_count", { count: silent })]);
  $("names").replaceChildren(...rows.flatMap(([word, text]) => [tagged("dt", say(word)), tagged("dd", text)]));
}

function moment({ kind, fell, time, before, after, people, more, less }, moods) {
  const at = { time: clock(time), before: percent.format(before ?? 0), after: percent.format(after ?? 0) };
  const what = kind === "attention" ? about(fell ? "fell" : "rose", moods, at) : say("mood_changed", at);
  const parts = [more && say("more", { mood: say(more) }), less && say("less", { mood: say(less) }),
    people && say("rests_on", { people })].filter(Boolean);
  return parts.length ? `${what}; ${parts.join(", ")}.` : `${what}.`;
}

function fill(id, rows, none) {
  const items = rows.map((parts) => {
    const item = document.createElement("li");
    item.append(...parts);
    return item;
  });
  $(id).replaceChildren(...(items.length ? items : [tagged("li", say(none))]));
}

function bold(name) {
  const element = document.createElement("b");
  element.append(tagged("bdi", name));
  return element;
}

function tagged(tag, text) {
  const element = document.createElement(tag);
  element.textContent = text;
  return element;
}

function clock(seconds) {
  const whole = Math.round(seconds);
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, "0")}`;
}
