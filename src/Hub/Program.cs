using IntegrationHub.Hub.Cli;

return await HubCommand.RunAsync(args);
