/** Something to be done at a time of the local Slack's clock. */
interface Alarm {
  at: number;
  ring: () => void;
  timer: NodeJS.Timeout;
}

/** The local Slack's time: the given clock, and how far it was moved ahead. */
export class Clock {
  private ahead = 0;
  private alarms: Alarm[] = [];
  /** The clock that was given, which signatures go by: the app's own clock is never moved. */
  readonly wall: () => number;

  constructor(wall: () => number) {
    this.wall = wall;
  }

  now(): number {
    return this.wall() + this.ahead;
  }

  /** Moves ahead, ringing on the way what is due by then. */
  advance(ms: number): void {
    this.ahead += ms;
    const due = this.alarms.filter((alarm) => alarm.at <= this.now()).sort((a, b) => a.at - b.at);
    for (const alarm of due) this.ring(alarm);
  }

  /** Does something later, by whichever comes first: real time, or `advance`. */
  later(ms: number, ring: () => void): void {
    const alarm: Alarm = { at: this.now() + ms, ring, timer: setTimeout(() => this.ring(alarm), ms).unref() };
    this.alarms.push(alarm);
  }

  /** Forgets all that was to be done. */
  stop(): void {
    for (const alarm of this.alarms) clearTimeout(alarm.timer);
    this.alarms = [];
  }

  private ring(alarm: Alarm): void {
    clearTimeout(alarm.timer);
    this.alarms = this.alarms.filter((other) => other !== alarm);
    alarm.ring();
  }
}
