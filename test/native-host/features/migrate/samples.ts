/**
 * Files in the form in which the tools' own source writes them, with values of ours: synfinatic/aws-sso-cli
 * (internal/awsconfig/config.go, internal/utils/fileedit.go), Granted (pkg/awsconfigfile, `ToIni`; its page "Credential
 * Process"), aws-vault (USAGE.md), Leapp (packages/core, `applyConfigProfileCommand`), AWS CLI before 2.9, saml2aws
 * (pkg/cfg/cfg.go, pkg/awsconfig/awsconfig.go).
 */
export const AWS_SSO_CLI = `# mine
[default]
region = eu-west-1

# BEGIN_AWS_SSO_CLI

[profile 111122223333:Admin]
credential_process = /usr/local/bin/aws-sso -u open -S "Default" process --arn arn:aws:iam::111122223333:role/Admin
region = eu-central-1
cli_pager = less
output = json


[profile audit]
credential_process = /opt/homebrew/bin/aws-sso -u granted-containers -S "Main Office" process --arn arn:aws:iam::444455556666:role/Auditor


# END_AWS_SSO_CLI
`;

export const GRANTED = `[profile shop/Admin]
granted_sso_start_url      = https://d-1234567890.awsapps.com/start
granted_sso_region         = us-east-1
granted_sso_account_id     = 111122223333
granted_sso_role_name      = Admin
common_fate_generated_from = aws-sso
credential_process         = granted credential-process --profile shop/Admin
region                     = eu-west-1

[profile shop/ReadOnly]
sso_start_url = https://d-1234567890.awsapps.com/start/
sso_region = us-east-1
sso_account_id = 111122223333
sso_role_name = ReadOnly
credential_process = /opt/homebrew/bin/granted credential-process --auto-login --profile shop/ReadOnly

[profile shop/Billing]
sso_start_url              = https://d-1234567890.awsapps.com/start
sso_region                 = us-east-1
sso_account_id             = 111122223333
common_fate_generated_from = aws-sso
sso_role_name              = Billing
`;

export const AWS_VAULT = `[profile common]
sso_start_url = https://d-1234567890.awsapps.com/start
sso_region = us-east-1

[profile vault-dev]
include_profile = common
sso_account_id = 111122223333
sso_role_name = Admin

[profile dev]
credential_process = aws-vault exec vault-dev --json --prompt=osascript
region = eu-west-1

[profile itself]
sso_start_url=https://d-1234567890.awsapps.com/start
sso_region=us-east-1
sso_account_id=111122223333
sso_role_name=Admin
credential_process = aws-vault export --format=json --no-session itself

[profile jump]
credential_process = aws-vault exec --duration 8h --json vault-role

[profile vault-role]
parent_profile = before-v6

[profile before-v6]
role_arn = arn:aws:iam::444455556666:role/team/Auditor
source_profile = root

[profile keys]
credential_process = aws-vault exec root --json

[profile root]
region = us-east-1
`;

export const LEAPP = `[profile prod]
credential_process=leapp session generate 3b7c1a52-9c1f-4f3e-8f8b-0a6b7f1c2d3e
region=eu-west-1
`;

export const LEGACY = `[profile old] ; since 2021
sso_start_url = https://d-1234567890.awsapps.com/start#/
sso_region = us-east-1
sso_account_id = 111122223333
sso_role_name = Admin
region = eu-west-1
output = json

[profile util]
sso_start_url = https://d-1234567890.awsapps.com/start
sso_region = us-east-1
sso_account_name = audit
sso_account_id = 444455556666
sso_role_name = Auditor
credential_process = aws-sso-util credential-process --profile util
sso_auto_populated = true
`;

export const SAML2AWS = `[default]
name                    = default
app_id                  =
url                     = https://corp.okta.com/home/amazon_aws/0oa1/272
username                = ana@example.com
provider                = Okta
mfa                     = Auto
mfa_ip_address          =
skip_verify             = false
timeout                 = 0
aws_urn                 = urn:amazon:webservices
aws_session_duration    = 28800
aws_profile             = saml
resource_id             =
subdomain               =
role_arn                = arn:aws:iam::111122223333:role/Admin
policy_file             =
policy_arn_list         =
region                  = eu-west-1
http_attempts_count     =
http_retry_delay        =
credentials_file        =
saml_cache              = false
saml_cache_file         =
target_url              =
disable_remember_device = false
disable_sessions        = false
download_browser_driver = false
headless                = false
prompter                =
kc_broker               =

[legacy]
url                     = https://adfs.example.com
provider                = ADFS
aws_urn                 = urn:amazon:webservices
aws_session_duration    = 3600
aws_profile             = onprem
role_arn                = arn:aws:iam::777788889999:role/OnPrem
`;

/** What saml2aws writes, beside keys of the person's own. */
export const SAML2AWS_CREDENTIALS = `[mine]
aws_access_key_id = AKIAIOSFODNN7EXAMPLE
aws_secret_access_key = wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY

[saml]
aws_access_key_id        = ASIAIOSFODNN7EXAMPLE
aws_secret_access_key    = wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY
aws_session_token        = IQoJb3JpZ2luX2VjEXAMPLE
aws_security_token       = IQoJb3JpZ2luX2VjEXAMPLE
x_principal_arn          = arn:aws:sts::111122223333:assumed-role/Admin/ana@example.com
x_security_token_expires = 2026-11-26T18:00:00+01:00
region                   = eu-west-1
`;

/** What people write into the config themselves, after saml2aws' README ("credential_process"). */
export const SAML2AWS_PROCESS = `[profile ops]
region = eu-west-1
credential_process = saml2aws login --skip-prompt --quiet --credential-process --role arn:aws:iam::444455556666:role/Ops --profile ops
`;
