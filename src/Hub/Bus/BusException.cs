namespace IntegrationHub.Hub.Bus;

/// <summary>The bus did not say that it took a message. It may have taken it all the same.</summary>
internal sealed class BusException(string message, Exception innerException) : Exception(message, innerException);
