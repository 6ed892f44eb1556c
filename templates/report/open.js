// The page is complete without its script: this reads out minutes, adds up spans, finds, sorts, copies
// and saves. The files of this folder are joined in the order that html.py names.
"use strict";
(() => {
  const data = JSON.parse(document.getElementById("data").textContent);
  const by = (id) => document.getElementById(id);
  const all = (selector) => [...document.querySelectorAll(selector)];
  const fill = (text, values) => text.replace(/\{(\w+)\}/g, (gap, key) => values[key] ?? gap);
  const say = (key, values = {}) => fill(data.words[key], values);
  const minutes = Math.ceil(Number((data.end / 60).toFixed(6)));
  const reveal = (selector) => all(selector).forEach((one) => (one.hidden = false));

  // Times are written and read as everywhere in meetbot: m:ss, from an hour on h:mm:ss.
  const clock = (seconds) => {
    const whole = Math.round(Math.max(0, seconds));
    const two = (n) => String(n).padStart(2, "0");
    const [hour, minute] = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60];
    return hour ? `${hour}:${two(minute)}:${two(whole % 60)}` : `${minute}:${two(whole % 60)}`;
  };
  const seconds = (text) => {
    const parts = text.trim().split(":");
    if (parts.length > 3 || !parts.every((part) => /^\d+$/.test(part))) return NaN;
    const numbers = parts.map(Number);
    return numbers.length === 1 ? numbers[0] * 60 : numbers.reduce((sum, part) => sum * 60 + part, 0);
  };
  // A time of the day as the page prints it, in seconds from the lesson's beginning; NaN where it is none.
  const hour = (text) => {
    const found = /^\s*(\d{1,2}):(\d\d)\s*$/.exec(text);
    if (!found || data.began === null) return NaN;
    const begun = Math.floor(data.began / 60) * 60;
    const after = (found[1] * 3600 + found[2] * 60 - begun + 86400) % 86400;
    return after <= data.end + 59 ? Math.max(0, after - (data.began - begun)) : NaN;
  };
  const number = (value, decimals) => value.toFixed(decimals).replace(".", data.numbers.decimal);
  const percent = (share) => {
    if (share === null) return data.numbers.unknown;
    const few = share > 0 && share < 0.005;
    return fill(data.numbers.percent, { n: few ? "<\u202f1" : Math.floor(share * 100 + 0.5) });
  };
