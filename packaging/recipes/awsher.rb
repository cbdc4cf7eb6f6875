class Awsher < Formula
  desc "@SUMMARY@"
  homepage "@URL@"
  url "@TARBALL@"
  version "@VERSION@"
  sha256 "@SHA256@"
  license "@LICENSE@"

  depends_on "node"

  def install
    system "npm", "install", *std_npm_args
    bin.install_symlink libexec.glob("bin/*")
    man1.install_symlink libexec/"lib/node_modules/awsher/docs/awsher.1"
    generate_completions_from_executable(bin/"awsher", "completion")
  end

  def caveats
    "Next: awsher install"
  end

  test do
    assert_match version.to_s, shell_output("#{bin}/awsher --version")
  end
end
