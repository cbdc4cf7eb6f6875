import { describe, expect, it } from 'vitest';
import { knownCommand } from '../../../../native-host/features/signin/known-commands.ts';

const known = (line: string) => knownCommand({ name: 'ignored', args: line.split(' ') });

describe('a known sign-in command', () => {
  it.each([
    ['aws sso login', 'aws sso login'],
    ['/usr/bin/python3 /usr/bin/aws sso login --profile dev', 'aws sso login'],
    ['/usr/local/aws-cli/v2/current/dist/aws sso login --use-device-code', 'aws sso login'],
    ['aws --profile dev --debug sso login', 'aws sso login'],
    ['aws --region=us-east-1 --no-cli-pager sso login', 'aws sso login'],
    ['aws configure sso', 'aws configure sso'],
    ['C:\\AWSCLIV2\\aws.exe sso login', 'aws sso login'],
    ['python3.12 -m awscli sso login', 'awscli sso login'],
    ['aws sso-util login', 'aws sso-util login'],
    ['/home/ana/.local/bin/aws-sso-util login --all', 'aws-sso-util login'],
    ['python -m aws_sso_util login', 'aws_sso_util login'],
    ['aws-sso -S corp login', 'aws-sso login'],
    ['/opt/homebrew/bin/assumego dev', 'assumego'],
    ['/bin/sh /usr/local/bin/assume dev', 'assume'],
    ['granted sso login', 'granted sso login'],
    ['aws-vault login dev', 'aws-vault login'],
    ['aws-vault.exe --backend file export dev', 'aws-vault export'],
  ])('%s', (line, name) => {
    expect(known(line)).toBe(name);
  });

  it('is known by the name of its process when its words may not be seen', () => {
    expect(knownCommand({ name: 'assumego' })).toBe('assumego');
    expect(knownCommand({ name: 'aws' })).toBe(null);
  });
});

describe('no sign-in command', () => {
  it.each([
    'aws',
    'aws login',
    'aws s3 cp sso login',
    'aws sso logout',
    'aws sso',
    'aws configure sso-session',
    'aws --profile sso login',
    'aws --query sso login',
    'mutt',
    'vim aws sso login',
    'python3 evil.py aws sso login',
    "python3 -c print('aws') aws sso login",
    'node -e x aws sso login',
    'node --require aws sso login',
    'node --import /tmp/aws sso login',
    'bash -r /tmp/evil aws sso login',
    'python3 -W aws sso login',
    'bash -c aws sso login',
    'bash -lc aws sso login',
    'bash',
    '-zsh',
    'aws-vault-helper login',
    'aws-vault exec dev',
    'aws-vault --backend file exec login',
    'aws-sso',
    'aws-sso exec login',
    'assumego dev --exec x',
    'assume --exec=login dev',
    'python3 -u /home/ana/.local/bin/aws-sso-util run-as --role-name x',
    'myaws sso login',
    'python3 -m http.server aws sso login',
  ])('%s', (line) => {
    expect(known(line)).toBe(null);
  });

  it('is nothing at all', () => {
    expect(knownCommand({ name: '', args: [] })).toBe(null);
  });
});
