/** As much of a browser as signing in needs: it keeps cookies, follows nothing by itself and names where a form comes from. */
export class Browser {
  readonly cookies = new Map<string, string>();

  constructor(
    private readonly base: string,
    private readonly headers: Record<string, string> = {},
  ) {}

  async get(path: string, headers: Record<string, string> = {}): Promise<Page> {
    return this.take(await fetch(new URL(path, this.base), { redirect: 'manual', headers: this.with(headers) }));
  }

  async post(path: string, form: Record<string, string> = {}, headers: Record<string, string> = {}): Promise<Page> {
    const body = new URLSearchParams(form);
    return this.take(await fetch(new URL(path, this.base), { method: 'POST', redirect: 'manual', headers: this.with(headers), body }));
  }

  private with(headers: Record<string, string>): Record<string, string> {
    const cookie = [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    return { ...this.headers, ...headers, ...(cookie ? { cookie } : {}) };
  }

  private async take(response: Response): Promise<Page> {
    const setCookies = response.headers.getSetCookie();
    for (const line of setCookies) {
      const [pair = ''] = line.split(';');
      const [name = '', value = ''] = pair.split('=');
      if (value === '') this.cookies.delete(name);
      else this.cookies.set(name, decodeURIComponent(value));
    }
    return {
      status: response.status,
      to: response.headers.get('location') ?? '',
      text: await response.text(),
      setCookies,
      headers: response.headers,
    };
  }
}

interface Page {
  status: number;
  /** Where it redirects to; empty when it does not. */
  to: string;
  text: string;
  setCookies: string[];
  headers: Headers;
}
