import net from 'node:net';

/** The network between a browser and the server: TCP only, so a cut takes the page's connections and leaves its sound alone. */
export class Proxy {
  private pairs = new Set<[net.Socket, net.Socket]>();
  private isCut = false;

  private constructor(
    private listener: net.Server,
    readonly url: string,
  ) {}

  static async before(serverUrl: string): Promise<Proxy> {
    const target = new URL(serverUrl);
    let proxy: Proxy | undefined;
    const listener = net.createServer((near) => proxy?.join(near, Number(target.port), target.hostname));
    await new Promise<void>((done) => listener.listen(0, '127.0.0.1', done));
    proxy = new Proxy(listener, `http://127.0.0.1:${(listener.address() as net.AddressInfo).port}`);
    return proxy;
  }

  private join(near: net.Socket, port: number, host: string) {
    if (this.isCut) {
      near.destroy();
      return;
    }
    const far = net.connect(port, host);
    const pair: [net.Socket, net.Socket] = [near, far];
    this.pairs.add(pair);
    const part = () => {
      near.destroy();
      far.destroy();
      this.pairs.delete(pair);
    };
    for (const end of pair) end.on('close', part).on('error', part);
    near.pipe(far).pipe(near);
  }

  cut() {
    this.isCut = true;
    for (const [near, far] of this.pairs) {
      near.destroy();
      far.destroy();
    }
  }

  mend() {
    this.isCut = false;
  }

  stop() {
    this.cut();
    this.listener.close();
  }
}
