// A client of the AWS SDK for Go v2 for contract tests: "credentials PROFILE" (an empty one is not named) or
// "refresh TOKEN_FILE".
// AWS_ENDPOINT_URL is where it goes; SDKs before November 2023 do not read it by themselves.
package main

import (
	"context"
	"encoding/json"
	"fmt"
	"os"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/config"
	"github.com/aws/aws-sdk-go-v2/credentials/ssocreds"
	"github.com/aws/aws-sdk-go-v2/service/ssooidc"
)

func main() {
	if err := run(os.Args[1], os.Args[2]); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func run(what, name string) error {
	ctx := context.Background()
	url := os.Getenv("AWS_ENDPOINT_URL")
	resolver := aws.EndpointResolverWithOptionsFunc(func(service, region string, _ ...interface{}) (aws.Endpoint, error) {
		return aws.Endpoint{URL: url, HostnameImmutable: true}, nil
	})
	if what == "refresh" {
		cfg := aws.Config{Region: "us-east-1", EndpointResolverWithOptions: resolver}
		token, err := ssocreds.NewSSOTokenProvider(ssooidc.NewFromConfig(cfg), name).RetrieveBearerToken(ctx)
		if err != nil {
			return err
		}
		return json.NewEncoder(os.Stdout).Encode(map[string]string{"token": token.Value, "version": aws.SDKVersion})
	}
	options := []func(*config.LoadOptions) error{config.WithEndpointResolverWithOptions(resolver)}
	if name != "" {
		options = append(options, config.WithSharedConfigProfile(name))
	}
	cfg, err := config.LoadDefaultConfig(ctx, options...)
	if err != nil {
		return err
	}
	keys, err := cfg.Credentials.Retrieve(ctx)
	if err != nil {
		return err
	}
	return json.NewEncoder(os.Stdout).Encode(map[string]string{"AccessKeyId": keys.AccessKeyID, "version": aws.SDKVersion})
}
