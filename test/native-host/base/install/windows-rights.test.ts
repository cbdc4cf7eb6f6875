import { describe, expect, it } from 'vitest';
import { closingArguments, othersRights } from '../../../../native-host/base/install/windows-rights.ts';

const ANA = 'S-1-5-21-1004336348-1177238915-682003330-1001';
const own = 'O:BAG:SYD:PAI(A;OICI;FA;;;SY)(A;OICI;FA;;;BA)(A;OICI;0x1200a9;;;BU)';
const installer = 'O:S-1-5-80-956008885-3418522649-1831038044-1853292631-2271478464G:SYD:PAI';

describe('rights on Windows', () => {
  it.each([
    ['the list that awsher gives', own],
    [
      'a program folder as Windows makes it',
      `${installer}(A;CIIO;GA;;;CO)(A;OICIIO;GA;;;SY)(A;;0x1301bf;;;SY)`,
    ],
    ['a list with an audit part', `${own}S:AI(AU;SAFA;FA;;;WD)`],
    ['a refusal for everybody', 'O:BAD:P(D;;FA;;;WD)(A;;FA;;;BA)'],
  ])('lets %s pass', (_name, sddl) => {
    expect(othersRights(sddl, false)).toBeUndefined();
  });

  it.each([
    ['another owner', `O:${ANA}G:SYD:P(A;;FA;;;BA)`, /^belongs to S-1-5-21/],
    ['users who may write', 'O:BAD:P(A;;FA;;;BA)(A;;FW;;;BU)', /changed by BU/],
    ['one user with a number for rights', `O:BAD:P(A;OICI;0x1301bf;;;${ANA})`, /changed by S-1-5-21/],
    ['rights that are only handed down to the files', 'O:BAD:P(A;OICIIO;SDGXGWGR;;;AU)', /changed by AU/],
    ['who may change the list', 'O:BAD:P(A;;RCWD;;;IU)', /changed by IU/],
    ['a right with a condition', 'O:BAD:P(XA;;FA;;;WD;(Member_of {SID(BU)}))', /changed by WD/],
    ['new files from everybody', 'O:BAD:AI(A;CIID;DCLCRPCR;;;BU)', /changed by BU/],
    ['a name of a right that nobody knows', 'O:BAD:P(A;;ZZ;;;BU)', /changed by BU/],
    ['no list at all', 'O:BAD:NO_ACCESS_CONTROL', /by anyone/],
    ['no answer', undefined, /cannot be read/],
    ['nonsense', 'Zugriff verweigert', /cannot be read/],
    ['a list that is cut short', 'O:BAG:SYD:PAI(A;OICI;FA', /cannot be read/],
  ])('sees %s', (_name, sddl, says) => {
    expect(othersRights(sddl, false)).toMatch(says);
  });

  it.each([
    // C:\ and C:\ProgramData as Windows makes them: everybody may add, nobody may replace.
    `${installer}(A;OICI;FA;;;SY)(A;OICI;FA;;;BA)(A;OICI;0x1200a9;;;BU)(A;OICIIO;SDGXGWGR;;;AU)(A;;LC;;;AU)`,
    'O:SYG:SYD:PAI(A;OICIIO;GA;;;CO)(A;OICI;FA;;;SY)(A;OICI;FA;;;BA)(A;OICI;0x1200a9;;;BU)(A;CI;DCLCRPCR;;;BU)',
  ])('lets a folder further up take new names', (sddl) => {
    expect(othersRights(sddl, true)).toBeUndefined();
    expect(othersRights(sddl, false)).toMatch(/may be changed by/);
  });

  it('sees a folder further up whose names others may replace', () => {
    expect(othersRights('O:BAD:P(A;;DT;;;BU)', true)).toMatch(/changed by BU/);
    expect(othersRights(`O:${ANA}D:P(A;;FA;;;BA)`, true)).toMatch(/^belongs to/);
  });

  it('closes a folder by SIDs, whatever the language of Windows', () => {
    expect(closingArguments('C:\\ProgramData\\awsher')).toEqual([
      [
        'C:\\ProgramData\\awsher',
        '/inheritance:r',
        '/grant:r',
        '*S-1-5-18:(OI)(CI)F',
        '*S-1-5-32-544:(OI)(CI)F',
        '*S-1-5-32-545:(OI)(CI)RX',
      ],
      ['C:\\ProgramData\\awsher', '/setowner', '*S-1-5-32-544'],
    ]);
  });
});
