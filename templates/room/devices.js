// The camera, the microphone, and whether somebody is talking into it.

const PICTURE = { width: { ideal: 640 }, height: { ideal: 360 }, frameRate: { ideal: 15, max: 30 } };
const LOUD = 0.02; // of full scale, root mean square: a voice at half a metre; a quiet room has 0.003
const PAUSE = 700; // milliseconds of silence that end somebody's talking

export class Devices {
  video = null;
  audio = null;
  #listening = null;

  async open() {
    if (!navigator.mediaDevices) {
      return "This browser gives a page its camera only over https. Ask your teacher for a link that begins with " +
        "https, or join without camera and microphone.";
    }
    try {
      const stream = await navigator.mediaDevices.getUserMedia({ video: PICTURE, audio: true });
      [this.video, this.audio] = [stream.getVideoTracks()[0], stream.getAudioTracks()[0]];
      return "";
    } catch {
      this.video = await one({ video: PICTURE });
      this.audio = await one({ audio: true });
    }
    if (this.video && this.audio) return "";
    const missing = this.video ? "microphone" : this.audio ? "camera" : "camera or microphone";
    return `Your ${missing} can't be used: there is none, another program has it, or the browser ` +
      "was told not to give it. You can join without it, and allow it in the browser's address bar.";
  }

  async setCamera(on) {
    if (on) {
      this.video ??= await one({ video: PICTURE });
    } else {
      this.video?.stop(); // the camera's light goes off too
      this.video = null;
    }
    return Boolean(this.video);
  }

  async setMicrophone(on) {
    if (on) this.audio ??= await one({ audio: true });
    if (this.audio) this.audio.enabled = on;
    return Boolean(this.audio?.enabled);
  }

  // Calls `tell(true)` when somebody begins to talk, and `tell(false)` after a pause.
  listen(tell) {
    if (!this.audio || this.#listening === this.audio) return;
    this.#listening = this.audio;
    const context = new AudioContext();
    const meter = new AnalyserNode(context, { fftSize: 1024 });
    context.createMediaStreamSource(new MediaStream([this.audio])).connect(meter);
    const wave = new Float32Array(meter.fftSize);
    let [talking, heard] = [false, -Infinity];
    setInterval(() => {
      meter.getFloatTimeDomainData(wave);
      const loud = Math.hypot(...wave) / Math.sqrt(wave.length) > LOUD;
      const now = performance.now();
      if (loud && this.audio?.enabled) heard = now;
      if (talking !== now - heard < PAUSE) tell((talking = !talking));
    }, 100);
  }

  close() {
    this.video?.stop();
    this.audio?.stop();
    this.video = this.audio = null;
  }
}

async function one(wish) {
  try {
    return (await navigator.mediaDevices.getUserMedia(wish)).getTracks()[0];
  } catch {
    return null;
  }
}
