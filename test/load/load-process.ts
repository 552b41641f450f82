import { setTimeout as sleep } from 'node:timers/promises';
import { writeBookings } from './booking-writer';
import { writeCases } from './case-writer';
import { carryCases } from './lifecycle-writer';
import type { LoadCommand, LoadReport, ResidentLoad } from './load-protocol';
import { newMsgId } from './phone';
import { Platform } from './platform';
import { knock, live, LoadBook } from './resident';
import { PushWire } from './wechat-push';

/** The generator: a process of its own, told what to do by the bench that forked it. */
async function main(): Promise<void> {
  const platform = await Platform.open();
  process.on('message', (command: LoadCommand) => {
    obey(command, platform).catch((error: unknown) => report({ kind: 'failed', why: String(error) }));
  });
  // The bench is gone: nobody is left to measure for.
  process.on('disconnect', () => process.exit(0));
  report({ kind: 'ready', platformPort: platform.port });
}

async function obey(command: LoadCommand, platform: Platform): Promise<void> {
  switch (command.kind) {
    case 'residents':
      return holdLoad(command, platform);
    case 'cases': {
      report({ kind: 'casesDone', summary: await writeCases(command) });
      return;
    }
    case 'bookings': {
      report({ kind: 'bookingsDone', summary: await writeBookings(command) });
      return;
    }
    case 'lifecycles': {
      report({ kind: 'lifecyclesDone', summary: await carryCases(command) });
      return;
    }
    case 'end':
      process.exit(0);
  }
}

async function holdLoad(load: ResidentLoad, platform: Platform): Promise<void> {
  const network = {
    wire: new PushWire(load.account),
    platform,
    ports: load.ports,
    nextMsgId: newMsgId,
    anyRecipient: load.empty,
  };
  const book = new LoadBook();
  let stopping = false;
  const behave = load.empty ? knock : live;
  const seats = [...Array(load.residents).keys()].map((n) => load.firstSeat + n);
  const residents = seats.map((seat) => behave(seat, network, book, () => stopping));
  await sleep(load.warmUpMs);
  for (let round = 0; round < load.rounds; round += 1) {
    book.beginRound();
    report({ kind: 'roundBegan' });
    await sleep(load.roundMs);
    report({ kind: 'roundEnded', result: book.endRound() });
  }
  stopping = true;
  await Promise.all(residents);
  report({ kind: 'residentsDone', summary: book.summary() });
}

function report(message: LoadReport): void {
  process.send?.(message);
}

void main();
