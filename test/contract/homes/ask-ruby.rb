# Asks the AWS SDK for Ruby for the credentials of many homes, each in a process of its own, because it reads
# the files once.
# stdin: a JSON list of { env, profile }; stdout: a JSON list of key ids, or `error`.
require 'json'
require 'aws-sdk-core'

def ask(env, profile)
  ENV.replace(env)
  # Versions before 3.176 do not read AWS_ENDPOINT_URL_... by themselves.
  Aws.config[:sso] = { endpoint: env['AWS_ENDPOINT_URL_SSO'] }
  Aws.config[:ssooidc] = { endpoint: env['AWS_ENDPOINT_URL_SSO_OIDC'] }
  Aws.config[:sts] = { endpoint: env['AWS_ENDPOINT_URL_STS'] }
  options = profile ? { profile: profile } : {}
  provider = Aws::STS::Client.new(region: 'us-east-1', **options).config.credentials
  provider.credentials.access_key_id
rescue StandardError
  'error'
end

def apart(home)
  reader, writer = IO.pipe
  pid = fork do
    writer.write(ask(home['env'], home['profile']))
    writer.close
    exit!(0)
  end
  writer.close
  reader.read.tap { Process.wait(pid) }
end

puts JSON.generate(JSON.parse($stdin.read).map { |home| apart(home) })
