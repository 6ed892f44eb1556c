// The class room's page: at the door, inside, and after.

import { Devices } from "./devices.js";
import { Gallery, drawn } from "./gallery.js";
import { Mesh } from "./mesh.js";
import { Mirror } from "./mirror.js";
import { Signalling } from "./signalling.js";

const $ = (id) => document.getElementById(id);
const CODE = location.pathname.split("/")[1];
const STARTING = 20_000; // milliseconds after which a bot that did not come may be asked for again
const WORDS = {
  microphone: ["Microphone", "mic", "mic-off"],
  camera: ["Camera", "camera", "camera-off"],
  analysed: ["Analyse me", "eye", "eye-off"],
};

const devices = new Devices();
const mirror = new Mirror();
let looking = false; // at what is read of oneself
const people = new Map();
const on = { microphone: false, camera: false, analysed: true, talking: false };
const gallery = new Gallery($("tiles"), $("tile"));
let [me, signalling, bot] = [null, null, { wanted: true, can_start: false }];
let starting = false; // the teacher asked for a bot, which takes a few seconds
const mesh = new Mesh(
  (message) => signalling?.say(message),
  () => ({ video: devices.video, audio: devices.audio }),
  (key, stream) => gallery.play(key, stream),
);

// ---- what a tab remembers, so that a reload is not somebody new

function remembered(name, make) {
  const value = sessionStorage.getItem(name) ?? make();
  if (value !== null) sessionStorage.setItem(name, value);
  return value;
}

const token = remembered("token", () => [...crypto.getRandomValues(new Uint8Array(16))]
  .map((byte) => byte.toString(16).padStart(2, "0")).join(""));
const secret = new URLSearchParams(location.hash.slice(1)).get("teacher");
if (secret) {
  sessionStorage.setItem(`teacher-${CODE}`, secret);
  history.replaceState(null, "", location.pathname); // so that it is not copied with the address
}
const teacher = sessionStorage.getItem(`teacher-${CODE}`);
on.analysed = (sessionStorage.getItem("analysed") ?? String(!teacher)) === "true";

// ---- switches: at the door and inside

async function turn(what, wish) {
  if (what === "camera") on.camera = await devices.setCamera(wish);
  if (what === "microphone") on.microphone = await devices.setMicrophone(wish);
  if (what === "analysed") sessionStorage.setItem("analysed", String((on.analysed = wish)));
  if (what === "analysed" && !wish) {
    eachBot(hangUp); // before anything else
    look(false);
  }
  signalling?.say({ type: "switch", [what]: on[what] });
  if (what === "analysed" && wish) eachBot((key, person) => mesh.call(person));
  if (what !== "analysed") mesh.changeTracks();
  if (what === "microphone" && me) devices.listen(talk);
  if (wish && !on[what]) problem(`Your ${what} can't be used; allow it in the browser's address bar.`);
  draw();
}

function look(wish) {
  if (wish !== looking) signalling?.say({ type: "mirror", on: wish });
  looking = wish;
  if (looking) mirror.draw(gallery.tile(me.key));
  else mirror.clear();
  drawHead();
}

function eachBot(work) {
  for (const [key, person] of people) if (person.role === "bot") work(key, person);
}

function hangUp(key) {
  mesh.part(key);
  gallery.play(key, null); // else the tile goes black
}

function talk(talking) {
  on.talking = talking;
  signalling?.say({ type: "switch", talking });
  draw();
}

function draw() {
  for (const button of document.querySelectorAll("[data-switch]")) {
    const what = button.dataset.switch;
    const [label, yes, no] = WORDS[what];
    if (button.matches("input")) {
      button.checked = on[what];
      continue;
    }
    const words = document.createElement("span");
    words.textContent = label;
    button.setAttribute("aria-pressed", on[what]);
    button.replaceChildren(drawn(on[what] ? yes : no), words);
  }
  const own = devices.video ? new MediaStream([devices.video]) : null;
  if ($("preview").srcObject?.getVideoTracks()[0] !== devices.video) $("preview").srcObject = own;
  $("preview-note").hidden = on.camera;
  if (!me) return;
  Object.assign(me, on);
  gallery.show(me, true);
  const shown = $("tiles").querySelector(".mine video").srcObject?.getVideoTracks()[0] ?? null;
  gallery.play(me.key, shown === devices.video ? $("tiles").querySelector(".mine video").srcObject : own);
  drawHead();
}

function drawHead() {
  const count = [...people.values()].filter((person) => person.role === "person").length + 1;
  const reading = [...people.values()].some((person) => person.role === "bot");
  $("count").textContent = `${count} ${count === 1 ? "person" : "people"} · `;
  $("bot-state").textContent = !reading ? "nobody is analysed: meetbot is not here"
    : on.analysed ? "meetbot is here and analyses you" : "meetbot is here and does not analyse you";
  const mirrors = on.analysed && [...people.values()].some((person) => person.mirrors);
  $("look").hidden = !mirrors;
  $("look").setAttribute("aria-pressed", looking);
  const stops = bot.wanted && (reading || !bot.can_start);
  $("bot").disabled = starting && !reading;
  $("bot").textContent = stops ? "Stop the bot" : $("bot").disabled ? "The bot is coming" : "Start the bot";
  $("bot").hidden = !reading && bot.wanted && !bot.can_start;
}

// ---- in the class

function hello() {
  return { type: "join", role: "person", name: $("name").value, token, ...(teacher && { teacher }), ...on };
}

function hear(message) {
  const { type, person, key } = message;
  if (type === "welcome") welcome(message);
  if (type === "joined") {
    meet(person);
    if (person.role === "bot") starting = false;
    if (person.role === "bot" && on.analysed) mesh.call(person);
    announce(`${person.name} joined`);
  }
  if (type === "changed") meet(person);
  if (type === "reading" && looking && me) mirror.draw(gallery.tile(me.key), message.reading);
  if (type === "left") part(key);
  if (type === "signal") mesh.hear(message.from, message, people.get(message.from));
  if (type === "bot") bot = message;
  if (type === "ended" || type === "refused") leave(message.why, type === "ended" || message.reason === "full");
  if (me) drawHead();
}

function welcome(message) {
  gallery.clear();
  mirror.clear();
  people.clear();
  mesh.clear();
  mesh.ice = message.ice;
  [me, bot] = [message.you, message.bot];
  const back = !$("inside").hidden;
  step("inside");
  $("desk").hidden = !me.teacher;
  draw();
  for (const person of message.people) {
    meet(person);
    if (person.role === "person" || on.analysed) mesh.call(person);
  }
  devices.listen(talk);
  if (looking) {
    looking = false;
    look(true); // the server has forgotten
  }
  if (!back) $("gallery").focus();
}

function meet(person) {
  people.set(person.key, person);
  gallery.show(person);
}

function part(key) {
  const gone = people.get(key);
  announce(`${gone?.name ?? "Somebody"} left`);
  people.delete(key);
  if (gone?.mirrors) look(false);
  mesh.part(key);
  gallery.remove(key);
}

function leave(why, final) {
  signalling?.close();
  mirror.clear();
  looking = false;
  mesh.clear();
  gallery.clear();
  people.clear();
  devices.close();
  me = null;
  $("why").textContent = why;
  $("again").hidden = final;
  step("over");
  $("over").focus();
}

// ---- small things of the page

function step(name) {
  for (const id of ["door", "inside", "over"]) $(id).hidden = id !== name;
}

function announce(text) {
  $("news").textContent = text;
}

function problem(text) {
  $("problem").textContent = text;
  $("problem").hidden = !text;
  announce(text);
}

for (const button of document.querySelectorAll("[data-switch]")) {
  button.addEventListener("click", () => turn(button.dataset.switch, !on[button.dataset.switch]));
}
$("join").addEventListener("submit", (event) => {
  event.preventDefault();
  sessionStorage.setItem("name", $("name").value);
  $("enter").disabled = true;
  signalling = new Signalling(CODE, hello, hear, (broken) => ($("connection").hidden = !broken));
});
$("look").addEventListener("click", () => look(!looking));
$("leave").addEventListener("click", () => leave("You have left.", false));
$("again").addEventListener("click", () => location.reload());
$("bot").addEventListener("click", () => {
  const on = $("bot").textContent.startsWith("Start");
  starting = on && bot.can_start;
  setTimeout(() => { starting = false; drawHead(); }, STARTING);
  signalling.say({ type: "bot", on });
});
$("end").addEventListener("click", () => $("sure").showModal());
$("sure").addEventListener("close", () => $("sure").returnValue === "yes" && signalling.say({ type: "end" }));

for (const place of document.querySelectorAll(".code")) place.textContent = CODE;
document.title = `Class ${CODE}`;
$("name").value = sessionStorage.getItem("name") ?? "";
draw();
problem(await devices.open());
await turn("camera", Boolean(devices.video)); // whoever is quick may be inside by now
await turn("microphone", Boolean(devices.audio));
