import type { Project } from '../../generated/types.js';
import type { Fault } from '../fault.js';

const LOOPBACK = /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/;

/** What is wrong with the models of a project of the right shape. */
export function modelFaults({ models = {} }: Pick<Project, 'models'>): Fault[] {
  return Object.entries(models).flatMap(([name, spec]) => {
    const path = ['models', name];
    const { provider, baseUrl, keyEnv } = spec;
    if (baseUrl !== undefined)
      return urlFaults(baseUrl, provider, keyEnv).map((fault) => ({ ...fault, path: [...path, 'baseUrl'] }));
    if (provider === 'openai' && keyEnv === undefined)
      return [
        {
          path,
          message: 'without `baseUrl` this is the API of OpenAI itself, which wants a key',
          hint: 'Name the variable that holds it, such as `keyEnv: OPENAI_API_KEY`, or the server, such as `baseUrl: http://localhost:1234/v1`.',
        },
      ];
    if (provider === 'ollama' && keyEnv !== undefined)
      return [
        {
          path: [...path, 'keyEnv'],
          message: 'without `baseUrl` the key would go wherever OLLAMA_HOST says',
          hint: 'Name the server that the key is for as `baseUrl`, or remove `keyEnv`.',
        },
      ];
    return [];
  });
}

function urlFaults(baseUrl: string, provider: string, keyEnv: string | undefined): Omit<Fault, 'path'>[] {
  if (!URL.canParse(baseUrl))
    return [
      { message: 'this is no URL', hint: 'Write it as `http://localhost:1234/v1` or `https://models.example.org/v1`.' },
    ];
  const url = new URL(baseUrl);
  if (url.username !== '' || url.password !== '')
    return [
      {
        message: 'a URL in a file must not hold credentials',
        hint: 'Take them out, put the key into a variable where the runner starts, and name that as `keyEnv`.',
      },
    ];
  if (url.search !== '' || url.hash !== '')
    return [{ message: 'a query or a fragment has no effect here', hint: `Write ${url.origin}${url.pathname}.` }];
  if (keyEnv !== undefined && url.protocol === 'http:' && !LOOPBACK.test(url.hostname))
    return [
      {
        message: `the key in ${keyEnv} would go over the network for everybody to read`,
        hint: 'Use `https://`, or remove `keyEnv` if the server wants no key.',
      },
    ];
  if (provider === 'ollama' && /^\/(api|v1)\/*$/.test(url.pathname))
    return [{ message: 'Ollama’s own protocol is found by the server alone', hint: `Write ${url.origin}.` }];
  return [];
}
