/** What valibot says of a value, for people: a program's word for what is missing is none. */
export function issueWords({ message }: { readonly message: string }): string {
  return message.replace(/ but received undefined$/, ', and nothing is there')
}
