/** One extension of Sec-WebSocket-Extensions: its parameters by name, true for those without a value. */
function parametersOf(extension: string): Map<string, string | true> {
  const [, ...parameters] = extension.split(';').map((part) => part.trim());
  return new Map(
    parameters.map((parameter) => {
      const [name = '', value] = parameter.split('=');
      return [name, value === undefined ? true : value.replaceAll('"', '')];
    }),
  );
}

/**
 * What is wrong with the answer to an offer (RFC 7692, 7.1).
 * @param legal whether the first offer can be agreed to at all
 * @param answer null when nothing was agreed to, which is always right
 */
export function illegal(offer: string, legal: boolean, answer: string | null): string[] {
  if (answer === null) return [];
  if (!legal) return ['an offer that is not legal was accepted'];
  const wrong: string[] = [];
  if (answer.includes(',') || answer.split(';')[0]?.trim() !== 'permessage-deflate')
    wrong.push(`the answer is ${answer}`);
  const given = parametersOf(answer);
  const possible = offer.split(',').map(parametersOf);
  if (!possible.some((asked) => fits(asked, given))) wrong.push(`${answer} does not fit the offer`);
  return wrong;
}

function fits(asked: Map<string, string | true>, given: Map<string, string | true>): boolean {
  const bits = (parameters: Map<string, string | true>, name: string) => Number(parameters.get(name) ?? 15);
  const own = bits(given, 'server_max_window_bits');
  const server = own >= 8 && own <= bits(asked, 'server_max_window_bits');
  const told = !given.has('client_max_window_bits') || asked.has('client_max_window_bits');
  const takeover = !asked.has('server_no_context_takeover') || given.has('server_no_context_takeover');
  return server && told && takeover;
}
