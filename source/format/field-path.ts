const MOST_LENGTH = 200;

/** Whether a text is the path of a field in a JSON body: names with dots between them, none empty. */
export function isFieldPath(text: string): boolean {
  return (
    text.length <= MOST_LENGTH &&
    !/\p{Cc}/u.test(text) &&
    text.split('.').every(name => name.trim() !== '')
  );
}
