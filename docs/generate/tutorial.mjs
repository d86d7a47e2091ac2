// The tutorial's code in PHP and in TypeScript: whole for the README, step by step for the guide.
import { readText } from './source.mjs';

const NOT_A_STEP = '// Not a step of the tutorial';

/** The paragraphs of a program: what stands between its empty lines. */
const paragraphs = (text) => text.trim().split(/\n{2,}/);

/** The program without the remark at its top and what is no step. */
const core = (text) =>
  paragraphs(text)
    .filter((each) => !each.startsWith('// The WebSocket tutorial') && !each.startsWith(NOT_A_STEP))
    .join('\n\n');

/** One step's paragraph, without its comment. */
function stepOf(text, number) {
  const found = paragraphs(text).find((each) => each.startsWith(`// ${number}.`));
  if (found === undefined) throw new Error(`the tutorial has no step ${number}`);
  return found.slice(found.indexOf('\n') + 1);
}

const fence = (language, text, title = '') => `\`\`\`${language}${title}\n${text}\n\`\`\``;

const php = readText('examples/tutorial/server.php');
const ts = readText('examples/tutorial/server.ts');

const group = (number) =>
  `::: code-group\n\n${fence('php', stepOf(php, number), ' [PHP]')}\n\n${fence('ts', stepOf(ts, number), ' [TypeScript]')}\n\n:::`;

export const tutorialBlocks = {
  readme: { 'tutorial-php': fence('php', core(php)), 'tutorial-ts': fence('ts', core(ts)) },
  steps: Object.fromEntries([1, 2, 3, 4, 5].map((number) => [`step-${number}`, group(number)])),
};
