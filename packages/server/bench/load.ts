import { connect, type Socket } from 'node:net';

/** What came of some seconds of requests. */
export interface Load {
  readonly perSecond: number;
  /** Milliseconds. */
  readonly p50: number;
  readonly p99: number;
  /** Answers by status. */
  readonly statuses: Readonly<Record<string, number>>;
  readonly bytesPerAnswer: number;
}

/** What a load is made of. */
export interface LoadOptions {
  readonly url: string;
  readonly connections: number;
  readonly seconds: number;
  /** Path of the next request. */
  next(): string;
  readonly headers?: string;
}

/**
 * Asks over some connections, on each one after the other, for some seconds. Plain sockets and no parsing but of the length:
 * the generator must not be what is measured, since it has one of the two cores.
 */
export async function load(options: LoadOptions): Promise<Load> {
  const { hostname, port } = new URL(options.url);
  const times: number[] = [];
  const statuses: Record<string, number> = {};
  let bytes = 0;
  const end = performance.now() + 1000 * options.seconds;
  const one = async (): Promise<void> => {
    const socket = connect({ host: hostname, port: Number(port), noDelay: true });
    const answers = answersOf(socket);
    while (performance.now() < end) {
      const start = performance.now();
      socket.write(
        `GET ${options.next()} HTTP/1.1\r\nHost: ${hostname}:${port}\r\n${options.headers ?? ''}\r\n`,
      );
      const { value } = await answers.next();
      if (!value) throw new Error('the server has closed a connection');
      times.push(performance.now() - start);
      statuses[value.status] = (statuses[value.status] ?? 0) + 1;
      bytes += value.bytes;
    }
    socket.destroy();
  };
  await Promise.all(Array.from({ length: options.connections }, one));
  times.sort((a, b) => a - b);
  const at = (part: number) => times[Math.floor(part * (times.length - 1))] ?? Number.NaN;
  return {
    perSecond: times.length / options.seconds,
    p50: at(0.5),
    p99: at(0.99),
    statuses,
    bytesPerAnswer: bytes / Math.max(1, times.length),
  };
}

async function* answersOf(
  socket: Socket,
): AsyncGenerator<{ readonly status: string; readonly bytes: number }> {
  let head = '';
  let left = -1;
  let status = '';
  let bytes = 0;
  for await (const chunk of socket as AsyncIterable<Buffer>) {
    let data = chunk;
    while (data.length > 0) {
      if (left < 0) {
        head += data.toString('latin1');
        const end = head.indexOf('\r\n\r\n');
        if (end < 0) break;
        const over = head.length - end - 4;
        data = data.subarray(data.length - over);
        status = head.slice(9, 12);
        left =
          status === '304' ? 0 : Number(/content-length: (\d+)/i.exec(head)?.[1] ?? Number.NaN);
        if (Number.isNaN(left)) throw new Error(`no length: ${head.slice(0, 200)}`);
        head = '';
        bytes = left;
      }
      const taken = Math.min(left, data.length);
      left -= taken;
      data = data.subarray(taken);
      if (left === 0) {
        left = -1;
        yield { status, bytes };
      }
    }
  }
}
