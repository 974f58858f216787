/**
 * A rule for eslint: a sentence that `say` or `render` has finished, in the language of this process, must not stand where a text is wanted, which is
 * stored or sent and rendered for each reader. Wanted there is `message`.
 */
const RENDERERS = new Set(['say', 'render']);

export const finishedSentence = {
  meta: {
    type: 'problem',
    schema: [],
    messages: {
      finished: 'A text is wanted here, not a finished sentence: use message (core/text).',
    },
  },
  create({sourceCode: {parserServices: services}, report}) {
    const checker = services.program.getTypeChecker();
    const check = (node, called) => {
      const callee = called.type === 'CallExpression' ? called.callee : called;
      if (callee.type !== 'Identifier') return;
      const {name} = callee;
      if (!RENDERERS.has(name) && name !== 'sayOf') return;
      const wanted = checker.getContextualType(services.esTreeNodeToTSNodeMap.get(node));
      if (wanted !== undefined && takesData(wanted)) report({node, messageId: 'finished'});
    };
    return {
      TaggedTemplateExpression: node => check(node, node.tag),
      CallExpression: node => check(node, node.callee),
    };
  },
};

/** Whether it is `Text`, or a union that contains its data. */
function takesData(type) {
  return (
    type.isUnion() &&
    type.types.some(part => part.getProperty('key') && part.getProperty('context'))
  );
}
