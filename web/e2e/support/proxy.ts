import net from 'node:net';

/** The network between a browser and the server: TCP only, so a cut takes the page's connections and leaves its sound alone. */
export class Proxy {
  url = '';
  private pairs = new Set<[net.Socket, net.Socket]>();
  private isCut = false;
  private listener = net.createServer((near) => this.join(near));

  private constructor(private target: URL) {}

  static async before(serverUrl: string): Promise<Proxy> {
    const proxy = new Proxy(new URL(serverUrl));
    await new Promise<void>((done) => proxy.listener.listen(0, '127.0.0.1', done));
    proxy.url = `http://127.0.0.1:${(proxy.listener.address() as net.AddressInfo).port}`;
    return proxy;
  }

  private join(near: net.Socket) {
    if (this.isCut) {
      near.destroy();
      return;
    }
    const far = net.connect(Number(this.target.port), this.target.hostname);
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
