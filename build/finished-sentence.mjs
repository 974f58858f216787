/**
 * A rule for eslint: forbids a finished sentence (of `say` or `render`, in the language of this process) where the type is `Text`, which is stored or
 * sent and rendered for each reader. `message` makes such a text.
 */
const RENDERERS = new Set(['say', 'render']);

export const finishedSentence = {
  meta: {
    type: 'problem',
    schema: [],
    messages: {
      finished: 'expected a Text, not a finished sentence: use message (core/text)',
    },
  },
  create({sourceCode: {parserServices: services}, report}) {
    const checker = services.program.getTypeChecker();
    const check = (node, called) => {
      const callee = called.type === 'CallExpression' ? called.callee : called;
      if (callee.type !== 'Identifier') return;
      const {name} = callee;
      if (!RENDERERS.has(name) && name !== 'sayOf') return;
      const expected = checker.getContextualType(services.esTreeNodeToTSNodeMap.get(node));
      if (expected !== undefined && takesData(expected)) report({node, messageId: 'finished'});
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
