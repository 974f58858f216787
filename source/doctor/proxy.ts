import {say} from '../core/text/say.ts';
import {typed} from '../format/shell-words.ts';
import {urlOf} from './shared/next.ts';
import type {Examination} from './shared/scene.ts';

/** Do other programs use a proxy that agent2 does not? Then they see different results. */
export const definition: Examination = {
  order: 40,
  about: 'target',
  what: () => say`proxy`,
  finds: 'proxy variables that curl would use and agent2 does not',
  async examine(subject, {machine: {env}}) {
    const {url} = subject.spec;
    const shown = urlOf(subject);
    if (!url || shown === undefined || url.protocol === 'unix:') return [];
    // Curl reads only the lower-case http_proxy; others read both.
    const names =
      url.protocol === 'https:'
        ? ['https_proxy', 'HTTPS_PROXY', 'all_proxy', 'ALL_PROXY']
        : ['http_proxy', 'HTTP_PROXY', 'all_proxy', 'ALL_PROXY'];
    const name = names.find(name => env[name]);
    if (name === undefined || isExempt(url.hostname, env.no_proxy ?? env.NO_PROXY ?? '')) return [];
    return [
      {
        id: 'proxy_ignored',
        level: 'warn',
        seen: say`${name} is set, but agent2 asks ${url.host} without that proxy; curl and others use the proxy and may see something else`,
        next: `curl --noproxy '*' -i ${typed([shown])}`,
      },
    ];
  },
};

/** Reads NO_PROXY as curl does: names, and their subdomains. */
function isExempt(host: string, list: string): boolean {
  const bare = host.replace(/^\[|]$/g, '');
  return list.split(/[\s,]+/).some(entry => {
    const name = entry.replace(/:\d+$/, '').replace(/^\*?\./, '');
    return entry === '*' || (name !== '' && (bare === name || bare.endsWith(`.${name}`)));
  });
}
