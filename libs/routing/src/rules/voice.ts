/** What whoever wishes, asks, misses or complains of something says, and the people and hours of their own life. */
const voice =
  /[?]|[吗么呢嘛咋]|怎|哪|请问|请求|请来|恳请|烦请|能不能|能否|可以|可不|为什么|为何|啥|谁|多少|多久|几[个点时号天]|我|俺|咱|阿拉|侬|偶|本人|[家屋]里|他家|那家|想|要|帮|没|(?<!断)不(?!断|少|仅|忘|负|仅仅)|坏|差|吵|臭|堵|太|死|脏|乱|偷|投诉|举报|反映|希望|盼|求|管管|老[公婆伴汉爸妈]|[爸妈爷奶姨叔]|儿子|女儿|闺女|孙子|孙女|娃|邻居|隔壁|对门|楼上|楼下|楼道|半夜|夜里|天天|老是|一直|总是|每个?月|每天|领|办|申请|补办|报名|预约|登记/;

/** Whether somebody speaks for themselves; reports, headlines and advertisements of some length do not. */
export function isVoiced(text: string): boolean {
  return voice.test(text);
}
