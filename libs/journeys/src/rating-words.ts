/** What a resident is told once their bad rating was followed up. */
export function rectifiedWords({ subject, reply }: { readonly subject: string; readonly reply: string }): string {
  return `您对“${subject}”提的意见，我们已经核实整改：\n${reply}\n谢谢您帮我们改进。我们可能会再打电话听听您的看法。`;
}
