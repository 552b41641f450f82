/** Needs as residents put them, to try with one tap. */
export const examples: readonly string[] = [
  '我妈满八十五了，高龄津贴咋领？',
  '刚生了娃娃，上户口要带哪些东西',
  '楼下路灯坏了三天，晚上看不见路',
  '医保卡掉了，怎么补办',
  '楼上天天半夜放音响，吵得睡不着',
  '被厂里辞退了，有啥子补助可以领',
];

/** Words that work at any moment. */
export const shortcuts: readonly string[] = ['帮助', '进度', '人工', '取消'];
