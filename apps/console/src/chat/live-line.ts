import { readMessages, SimulatorRefusal, streamUrl, type Bubble } from './simulator';

/** Who listens to a line. */
export interface LineListener {
  /** The place of the last bubble already shown. */
  lastSeq(): number;
  arrived(bubbles: readonly Bubble[]): void;
  typing(now: boolean): void;
  /** Whether bubbles can arrive at the moment. */
  connected(now: boolean): void;
  /** The simulator no longer knows the resident, or no longer answers at all. */
  refused(refusal: SimulatorRefusal): void;
}

const pollMs = 2_000;

/** What the phone receives: a stream, and polling for as long as the stream is down. */
export class LiveLine {
  private stream: EventSource | null = null;
  private poll: ReturnType<typeof setInterval> | undefined;

  constructor(
    private readonly openid: string,
    private readonly listener: LineListener,
  ) {}

  open(): void {
    this.stream?.close();
    const stream = new EventSource(streamUrl(this.openid, this.listener.lastSeq()));
    this.stream = stream;
    stream.addEventListener('message', (event: MessageEvent<string>) =>
      this.listener.arrived([JSON.parse(event.data) as Bubble]),
    );
    stream.addEventListener('typing', (event: MessageEvent<string>) =>
      this.listener.typing((JSON.parse(event.data) as { typing: boolean }).typing),
    );
    stream.addEventListener('open', () => this.stopPolling());
    stream.addEventListener('error', () => (this.poll ??= setInterval(() => void this.pollOnce(), pollMs)));
  }

  close(): void {
    this.stream?.close();
    this.stream = null;
    clearInterval(this.poll);
    this.poll = undefined;
  }

  /** Fetches what the stream has not brought yet; throws the simulator's refusal. */
  async catchUp(): Promise<void> {
    const answer = await readMessages(this.openid, this.listener.lastSeq());
    if (this.stream === null) return;
    this.listener.arrived(answer.items);
    if (answer.typing) this.listener.typing(true);
  }

  private async pollOnce(): Promise<void> {
    try {
      await this.catchUp();
      if (this.stream === null) return;
      this.listener.connected(true);
      if (this.stream.readyState === EventSource.CLOSED) this.open();
    } catch (error) {
      if (this.stream === null || !(error instanceof SimulatorRefusal)) return;
      if (error.isStranger || error.isOff || error.isClosed) this.listener.refused(error);
      else this.listener.connected(false);
    }
  }

  private stopPolling(): void {
    clearInterval(this.poll);
    this.poll = undefined;
    this.listener.connected(true);
  }
}
