import { maskPersonal } from './masking';

describe('masking what a resident said', () => {
  it.each([
    ['电话13812345678打给我', '电话某电话打给我'],
    ['我的号码是138 1234 5678', '我的号码是某电话'],
    ['打０１０-１２３４５６７８', '打某电话'],
    ['座机0826-2345678', '座机某电话'],
    ['身份证990102193803051129要换', '身份证某证件号要换'],
    ['身份证 99010219380305112X', '身份证 某证件号'],
    ['社保卡6222 0202 0011 2233 445丢了', '社保卡某卡号丢了'],
    ['户号12345欠费', '户号某号码欠费'],
    ['手机一三八一二三四五六七八', '手机某号码'],
    ['我叫王桂芳，想领高龄津贴', '我叫某人，想领高龄津贴'],
    ['我叫王桂芳今年八十多了', '我叫某人今年八十多了'],
    ['姓名：欧阳小丽', '姓名：某人'],
    ['我是李建国，低保停了', '我是某人，低保停了'],
    ['我姓陈，想问社保', '我姓某，想问社保'],
    ['我妈刘秀英要办老年证', '我妈某人要办老年证'],
    ['帮我找张主任', '帮我找某人'],
    ['住桂花小区3栋2单元401漏水', '住某小区某栋漏水'],
    ['人民路12号门口有垃圾', '某处门口有垃圾'],
    ['石桥村三组路灯坏了', '某村某组路灯坏了'],
    ['邮箱abc.d@qq.com', '邮箱某邮箱'],
    ['加微信wang_12345', '加某账号'],
    ['川A12345占了通道', '某车牌占了通道'],
    ['看 https://example.com/a?b=1 这个', '看 某网址 这个'],
  ])('%s', (said, kept) => expect(maskPersonal(said)).toBe(kept));

  it.each([
    '我是高龄老人，想领津贴',
    '我妈八十多了，想领高龄津贴',
    '老人走路不方便，怎么换身份证',
    '2024年的医保没交',
    '低保一个月多少钱',
    '楼下餐馆油烟大，晚上十点还在炒',
    '我儿子要上小学，怎么报名',
    '我是外地人，想办居住证',
    '家里3口人都没工作',
  ])('leaves alone: %s', (said) => expect(maskPersonal(said)).toBe(said));

  it('leaves no long number whatever is around it', () => {
    for (const number of ['13812345678', '990102193803051129', '6222020200112233445', '123456'])
      for (const [before, after] of [
        ['', ''],
        ['a', 'b'],
        ['号', '号'],
        ['+86', ''],
        ['9', '9'],
      ])
        expect(maskPersonal(`${before}${number}${after}`)).not.toMatch(/\d{5}/);
  });

  it('is done with a long text at once', () => {
    const began = performance.now();
    maskPersonal('住在人民路桂花小区'.repeat(230));
    maskPersonal('王'.repeat(2000));
    maskPersonal('1 '.repeat(1000));
    maskPersonal('a1'.repeat(1000));
    expect(performance.now() - began).toBeLessThan(300);
  });
});
